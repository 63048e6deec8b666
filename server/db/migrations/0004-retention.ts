import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // How many days an appointment's sealed record is kept after its day.
  `alter table practice
    add column retention_days integer not null default 90 check (retention_days between 1 and 90)`,
  // A practice that its main user wants deleted; until it is due they can take that back.
  `create table practice_deletion (
    practice_id uuid primary key references practice on delete cascade,
    requested_at timestamptz not null,
    due_at timestamptz not null
  )`,
  `create index practice_deletion_due on practice_deletion (due_at)`,
  // What was deleted, in numbers. It outlives the practice, of which a hash of its id is left then; so no foreign key.
  `create table deletion_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    day date not null,
    practice_id uuid,
    practice_hash bytea check (length(practice_hash) = 32),
    kind text not null,
    rule text not null,
    count integer not null check (count > 0),
    oldest date,
    newest date,
    check (practice_id is null or practice_hash is null),
    unique nulls not distinct (practice_id, practice_hash, kind, rule, day)
  )`,
  `create index deletion_log_practice on deletion_log (practice_id, id)`,
  `create index deletion_log_day on deletion_log (day)`,
];
