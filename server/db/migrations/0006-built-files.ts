import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // The apps' files whose names carry their hash, of every version that runs here or ran lately.
  `create table built_file (
    app text not null check (app in ('practice', 'room')),
    path text not null,
    body bytea not null,
    served_at timestamptz not null,
    primary key (app, path)
  )`,
];
