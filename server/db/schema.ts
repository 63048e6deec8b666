import type { Generated } from 'kysely';

/** Every table, as Kysely sees it. `db/migrations` is the truth; a test compares the two. */
export type Database = {
  practice: PracticeTable;
  practice_user: UserTable;
  device: DeviceTable;
  practice_key_wrap: PracticeKeyWrapTable;
  recovery_sheet: RecoverySheetTable;
  recovery_key_wrap: RecoveryKeyWrapTable;
  membership_entry: MembershipEntryTable;
  plan: PlanTable;
  plan_request: PlanRequestTable;
  device_request: DeviceRequestTable;
  totp: TotpTable;
  passkey: PasskeyTable;
  passkey_challenge: PasskeyChallengeTable;
  recovery_code: RecoveryCodeTable;
  security_event: SecurityEventTable;
  profile: ProfileTable;
  sign_in_challenge: SignInChallengeTable;
  session: SessionTable;
  used_signature: UsedSignatureTable;
  appointment: AppointmentTable;
  invitation: InvitationTable;
  host_ticket: HostTicketTable;
  consent: ConsentTable;
  host_code: HostCodeTable;
  delivery: DeliveryTable;
  contact: ContactTable;
  consultation_count: ConsultationCountTable;
  case_count: CaseCountTable;
  billing_cap: BillingCapTable;
  practice_deletion: PracticeDeletionTable;
  deletion_log: DeletionLogTable;
  admin_log: AdminLogTable;
  built_file: BuiltFileTable;
};

type PracticeTable = {
  id: string;
  time_zone: string;
  plan: Generated<string>;
  /** `HH:MM:SS` */
  mail_time: Generated<string>;
  second_factor_required: Generated<boolean>;
  created_at: Generated<Date>;
  retention_days: Generated<number>;
};

type UserTable = {
  id: string;
  practice_id: string;
  email: string;
  password_hash: string | null;
  is_main: boolean;
  created_at: Generated<Date>;
  role: Generated<string>;
  state: Generated<string>;
  activation_locator_hash: Buffer | null;
  recovered_at: Date | null;
};

type DeviceTable = {
  id: string;
  practice_id: string;
  sign_key: Buffer;
  agree_key: Buffer;
  created_at: Generated<Date>;
  last_seen_at: Date | null;
  is_suspended: Generated<boolean>;
  suspended_until: Date | null;
};

type PracticeKeyWrapTable = { device_id: string; generation: number; wrap: Buffer };

type RecoverySheetTable = { practice_id: string; locator_hash: Buffer; sealed_keys: Buffer };

type RecoveryKeyWrapTable = { practice_id: string; generation: number; wrap: Buffer };

type MembershipEntryTable = {
  practice_id: string;
  seq: number;
  body: string;
  device_signature: Buffer;
  user_signature: Buffer;
  recovery_signature: Buffer | null;
  hash: Buffer;
};

type PlanTable = {
  id: string;
  max_users: number | null;
  max_participants: number | null;
  max_consultations_per_month: number | null;
  server_mail: Generated<boolean>;
  sms: Generated<boolean>;
};

type PlanRequestTable = { practice_id: string; plan: string; requested_at: Generated<Date> };

type DeviceRequestTable = {
  id: string;
  practice_id: string;
  user_id: string;
  device_id: string;
  sign_key: Buffer;
  agree_key: Buffer;
  browser: string;
  locator_hash: Buffer;
  state: Generated<string>;
  failed_attempts: Generated<number>;
  matched_by: string | null;
  created_at: Date;
  expires_at: Date;
  to_device: Generated<Buffer[]>;
  to_approver: Generated<Buffer[]>;
};

type TotpTable = {
  user_id: string;
  secret: Buffer;
  confirmed_at: Date | null;
  /** bigint, which node-postgres gives as text. */
  last_used_step: string | null;
};

type PasskeyTable = {
  id: string;
  user_id: string;
  name: string;
  public_key: Buffer;
  counter: string;
  transports: Generated<string[]>;
  created_at: Generated<Date>;
};

type PasskeyChallengeTable = { user_id: string; purpose: string; challenge: string; expires_at: Date };

type RecoveryCodeTable = { user_id: string; code_hash: Buffer };

type SecurityEventTable = {
  id: Generated<string>;
  practice_id: string;
  at: Date;
  kind: string;
  user_id: string | null;
  device_id: string | null;
};

type ProfileTable = {
  practice_id: string;
  kind: string;
  id: string;
  version: number;
  generation: number;
  sealed: Buffer;
};

type SignInChallengeTable = { challenge: Buffer; expires_at: Date };

type SessionTable = {
  token_hash: Buffer;
  user_id: string;
  device_id: string;
  created_at: Generated<Date>;
  expires_at: Date;
  locked_at: Date | null;
  unlock_failures: Generated<number>;
};

type UsedSignatureTable = { device_id: string; nonce: Buffer; used_at: Generated<Date> };

type AppointmentTable = {
  id: string;
  practice_id: string;
  practitioner_id: string;
  day: string;
  version: number;
  generation: number;
  sealed: Buffer;
  created_at: Generated<Date>;
  held_at: Date | null;
};

type InvitationTable = {
  id: string;
  appointment_id: string;
  practice_id: string;
  practitioner_id: string;
  day: string;
  locator_hash: Buffer;
  card: Buffer;
  opened_at: Date | null;
  arrived_at: Date | null;
  attended_at: Date | null;
};

type HostTicketTable = {
  ticket_hash: Buffer;
  practice_id: string;
  user_id: string;
  expires_at: Date;
};

type ConsentTable = {
  invitation_id: string;
  appointment_id: string;
  sealed: Buffer;
  at: Date;
  is_taken: Generated<boolean>;
};

type HostCodeTable = {
  id: string;
  appointment_id: string;
  practice_id: string;
  practitioner_id: string;
  day: string;
  locator_hash: Buffer;
  card: Buffer;
};

type DeliveryTable = {
  id: string;
  practice_id: string;
  appointment_id: string | null;
  invitation_id: string | null;
  channel: string;
  is_on_day: boolean;
  state: string;
  reason: string | null;
  due_at: Date;
  next_attempt_at: Date;
  attempts: Generated<number>;
  changed_at: Date;
  dismissed_at: Date | null;
  bounce_hash: Buffer | null;
  content: Buffer | null;
};

type ContactTable = {
  id: string;
  practice_id: string;
  version: number;
  generation: number;
  sealed: Buffer;
};

type ConsultationCountTable = {
  practice_id: string;
  practitioner_id: string;
  month: string;
  consultations: number;
};

type CaseCountTable = { practice_id: string; practitioner_id: string; quarter: string; cases: number };

/** `percent` is numeric, which node-postgres gives as text. */
type BillingCapTable = { valid_from: string; percent: string; source: string };

type PracticeDeletionTable = { practice_id: string; requested_at: Date; due_at: Date };

type DeletionLogTable = {
  id: Generated<string>;
  at: Date;
  /** Of `at`, in UTC. */
  day: string;
  practice_id: string | null;
  practice_hash: Buffer | null;
  kind: string;
  rule: string;
  count: number;
  oldest: string | null;
  newest: string | null;
};

type AdminLogTable = {
  id: Generated<string>;
  at: Date;
  action: string;
  practice_id: string | null;
  practice_hash: Buffer | null;
  plan: string | null;
  details: string | null;
};

type BuiltFileTable = {
  app: string;
  path: string;
  body: Buffer;
  served_at: Date;
};
