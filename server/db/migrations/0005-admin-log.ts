import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // What the operator did, without persons. It outlives the practice, of which a hash of its id is left then.
  `create table admin_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    action text not null,
    practice_id uuid,
    practice_hash bytea check (length(practice_hash) = 32),
    plan text,
    details text,
    check (practice_id is null or practice_hash is null)
  )`,
  `create index admin_log_practice on admin_log (practice_id)`,
];
