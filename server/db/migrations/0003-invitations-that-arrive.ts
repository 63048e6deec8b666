import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // null: without limit
  `alter table plan
    add column max_participants integer check (max_participants > 0),
    add column max_consultations_per_month integer check (max_consultations_per_month > 0),
    add column server_mail boolean not null default false,
    add column sms boolean not null default false`,
  `update plan set max_participants = 1 where id = 'basis'`,
  `update plan set server_mail = true, sms = true where id = 'plus'`,
  `alter table practice add column mail_time time not null default '07:00'`,
  `alter table profile
    drop constraint profile_kind_check,
    add check (kind in
      ('practice', 'user', 'device', 'user-key', 'picture', 'invitation-settings', 'consent', 'logo'))`,
  `alter table appointment add column held_at timestamptz`,
  `alter table invitation
    add column opened_at timestamptz,
    add column arrived_at timestamptz,
    add column attended_at timestamptz`,
  // A participant's answer, sealed for the practice; it stays until the appointment goes, the invitation does not.
  `create table consent (
    invitation_id uuid primary key,
    appointment_id uuid not null references appointment on delete cascade,
    sealed bytea not null,
    at timestamptz not null,
    is_taken boolean not null default false
  )`,
  `create index consent_appointment on consent (appointment_id)`,
  // What the practice has not taken into its record yet.
  `create index consent_open on consent (appointment_id) where not is_taken`,
  `create table host_code (
    id uuid primary key,
    appointment_id uuid not null references appointment on delete cascade,
    practice_id uuid not null references practice on delete cascade,
    practitioner_id uuid not null references practice_user,
    day date not null,
    locator_hash bytea not null unique check (length(locator_hash) = 32),
    card bytea not null
  )`,
  `create index host_code_appointment on host_code (appointment_id)`,
  `create index host_code_day on host_code (day)`,
  // Content is there exactly as long as it may still be sent.
  `create table delivery (
    id uuid primary key,
    practice_id uuid not null references practice on delete cascade,
    appointment_id uuid references appointment on delete cascade,
    invitation_id uuid references invitation on delete cascade,
    channel text not null check (channel in ('mail', 'sms')),
    is_on_day boolean not null,
    state text not null check (state in
      ('waiting', 'sending', 'sent', 'uncertain', 'refused', 'bounced', 'over')),
    reason text,
    due_at timestamptz not null,
    next_attempt_at timestamptz not null,
    attempts integer not null default 0,
    changed_at timestamptz not null,
    dismissed_at timestamptz,
    bounce_hash bytea unique,
    content bytea,
    check ((content is not null) = (state in ('waiting', 'sending')))
  )`,
  // One message to a participant is under way at a time, whoever plans them.
  `create unique index delivery_pending on delivery (invitation_id, channel)
    where state in ('waiting', 'sending')`,
  `create index delivery_due on delivery (next_attempt_at) where state = 'waiting'`,
  `create index delivery_sending on delivery (changed_at) where state = 'sending'`,
  `create index delivery_appointment on delivery (appointment_id)`,
  `create index delivery_practice on delivery (practice_id, changed_at)`,
  `create table contact (
    id uuid primary key,
    practice_id uuid not null references practice on delete cascade,
    version integer not null check (version > 0),
    generation integer not null check (generation > 0),
    sealed bytea not null
  )`,
  `create index contact_practice on contact (practice_id, id)`,
  `create index contact_generation on contact (practice_id, generation)`,
  // Counts without persons, which outlive the appointments. A practitioner who is deleted stays a number here.
  `create table consultation_count (
    practice_id uuid not null references practice on delete cascade,
    practitioner_id uuid not null,
    month date not null check (extract(day from month) = 1),
    consultations integer not null check (consultations > 0),
    primary key (practice_id, practitioner_id, month)
  )`,
  `create table case_count (
    practice_id uuid not null references practice on delete cascade,
    practitioner_id uuid not null,
    quarter date not null,
    cases integer not null check (cases >= 0),
    primary key (practice_id, practitioner_id, quarter)
  )`,
  // The operator's data: which share of video consultations may be billed from which day on.
  `create table billing_cap (
    valid_from date primary key,
    percent numeric not null check (percent between 0 and 100),
    source text not null
  )`,
];
