import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table practice (
    id uuid primary key,
    time_zone text not null,
    plan text not null default 'basis',
    created_at timestamptz not null default now()
  )`,
  `create table practice_user (
    id uuid primary key,
    practice_id uuid not null references practice on delete cascade,
    email text not null check (email = lower(email)),
    password_hash text not null,
    is_main boolean not null,
    created_at timestamptz not null default now(),
    unique (email)
  )`,
  // A practice has one main user, never two.
  `create unique index practice_user_main on practice_user (practice_id) where is_main`,
  `create table device (
    id uuid primary key,
    practice_id uuid not null references practice on delete cascade,
    sign_key bytea not null,
    agree_key bytea not null,
    created_at timestamptz not null default now()
  )`,
  `create table practice_key_wrap (
    device_id uuid not null references device on delete cascade,
    generation integer not null check (generation > 0),
    wrap bytea not null,
    primary key (device_id, generation)
  )`,
  `create table recovery_wrap (
    practice_id uuid not null references practice on delete cascade,
    generation integer not null check (generation > 0),
    locator_hash bytea not null unique,
    wrap bytea not null,
    primary key (practice_id, generation)
  )`,
  // Sealed names: of the practice, its users and its devices.
  `create table profile (
    practice_id uuid not null references practice on delete cascade,
    kind text not null check (kind in ('practice', 'user', 'device')),
    id uuid not null,
    version integer not null check (version > 0),
    generation integer not null check (generation > 0),
    sealed bytea not null,
    primary key (practice_id, kind, id)
  )`,
  `create table sign_in_challenge (
    challenge bytea primary key,
    expires_at timestamptz not null
  )`,
  // One session per user: the constraint, not the code, sees to it.
  `create table session (
    token_hash bytea primary key,
    user_id uuid not null unique references practice_user on delete cascade,
    device_id uuid not null references device on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  // A signature is good for one request: its nonce can be inserted only once.
  `create table used_signature (
    device_id uuid not null references device on delete cascade,
    nonce bytea not null,
    used_at timestamptz not null default now(),
    primary key (device_id, nonce)
  )`,
  `create index used_signature_used_at on used_signature (used_at)`,
  `create table appointment (
    id uuid primary key,
    practice_id uuid not null references practice on delete cascade,
    practitioner_id uuid not null references practice_user,
    day date not null,
    version integer not null check (version > 0),
    generation integer not null check (generation > 0),
    sealed bytea not null,
    created_at timestamptz not null default now()
  )`,
  `create index appointment_practice_day on appointment (practice_id, day)`,
  // A revoked invitation is deleted: there is nothing left that could be told from an unknown code.
  `create table invitation (
    id uuid primary key,
    appointment_id uuid not null references appointment on delete cascade,
    practice_id uuid not null references practice on delete cascade,
    practitioner_id uuid not null references practice_user,
    day date not null,
    locator_hash bytea not null unique check (length(locator_hash) = 32),
    card bytea not null
  )`,
  `create index invitation_appointment on invitation (appointment_id)`,
  `create index invitation_day on invitation (day)`,
  `create table host_ticket (
    ticket_hash bytea primary key,
    practice_id uuid not null references practice on delete cascade,
    user_id uuid not null references practice_user on delete cascade,
    expires_at timestamptz not null
  )`,
];
