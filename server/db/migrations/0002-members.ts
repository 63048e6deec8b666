import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // What a practice may use is the operator's data: rows to add and change, not code.
  `create table plan (
    id text primary key,
    max_users integer check (max_users > 0)
  )`,
  `insert into plan (id, max_users) values ('basis', 1), ('plus', null)`,
  `alter table practice
    add column second_factor_required boolean not null default false,
    add foreign key (plan) references plan`,
  `create table plan_request (
    practice_id uuid primary key references practice on delete cascade,
    plan text not null references plan,
    requested_at timestamptz not null default now()
  )`,
  `alter table practice_user
    alter column password_hash drop not null,
    add column role text not null default 'practitioner' check (role in ('practitioner', 'assistant')),
    add column state text not null default 'active' check (state in ('invited', 'active', 'deactivated')),
    add column activation_locator_hash bytea unique,
    add column recovered_at timestamptz,
    add check (state = 'invited' or password_hash is not null),
    add check (not is_main or (role = 'practitioner' and state = 'active'))`,
  `alter table device
    add column last_seen_at timestamptz,
    add column is_suspended boolean not null default false,
    add column suspended_until timestamptz`,
  `alter table session
    add column locked_at timestamptz,
    add column unlock_failures integer not null default 0`,
  `create table membership_entry (
    practice_id uuid not null references practice on delete cascade,
    seq integer not null check (seq >= 0),
    body text not null,
    device_signature bytea not null,
    user_signature bytea not null,
    recovery_signature bytea,
    hash bytea not null,
    primary key (practice_id, seq)
  )`,
  // The sheet's private keys, sealed with its code; and the practice keys, wrapped to its public key.
  `drop table recovery_wrap`,
  `create table recovery_sheet (
    practice_id uuid primary key references practice on delete cascade,
    locator_hash bytea not null unique,
    sealed_keys bytea not null
  )`,
  `create table recovery_key_wrap (
    practice_id uuid not null references practice on delete cascade,
    generation integer not null check (generation > 0),
    wrap bytea not null,
    primary key (practice_id, generation)
  )`,
  `alter table profile
    drop constraint profile_kind_check,
    add check (kind in ('practice', 'user', 'device', 'user-key', 'picture'))`,
  `create index appointment_generation on appointment (practice_id, generation)`,
  `create table device_request (
    id uuid primary key,
    practice_id uuid not null references practice on delete cascade,
    user_id uuid not null references practice_user on delete cascade,
    device_id uuid not null,
    sign_key bytea not null,
    agree_key bytea not null,
    browser text not null,
    locator_hash bytea not null,
    state text not null default 'waiting' check (state in ('waiting', 'matched', 'approved', 'declined')),
    failed_attempts integer not null default 0,
    matched_by uuid references device on delete set null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    to_device bytea[] not null default '{}',
    to_approver bytea[] not null default '{}'
  )`,
  `create index device_request_practice on device_request (practice_id)`,
  `create table totp (
    user_id uuid primary key references practice_user on delete cascade,
    secret bytea not null,
    confirmed_at timestamptz,
    last_used_step bigint
  )`,
  `create table passkey (
    id text primary key,
    user_id uuid not null references practice_user on delete cascade,
    name text not null,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null default '{}',
    created_at timestamptz not null default now()
  )`,
  `create index passkey_user on passkey (user_id)`,
  `create table passkey_challenge (
    user_id uuid not null references practice_user on delete cascade,
    purpose text not null check (purpose in ('register', 'sign-in')),
    challenge text not null,
    expires_at timestamptz not null,
    primary key (user_id, purpose)
  )`,
  `create table recovery_code (
    user_id uuid not null references practice_user on delete cascade,
    code_hash bytea not null,
    primary key (user_id, code_hash)
  )`,
  // Kept at most 90 days.
  `create table security_event (
    id bigint generated always as identity primary key,
    practice_id uuid not null references practice on delete cascade,
    at timestamptz not null,
    kind text not null,
    user_id uuid,
    device_id uuid
  )`,
  `create index security_event_practice on security_event (practice_id, id desc)`,
  `create index security_event_at on security_event (at)`,
];
