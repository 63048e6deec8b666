import type { Generated } from 'kysely';

/** Every table, as Kysely sees it. `db/migrations` is the truth; a test compares the two. */
export type Database = {
  practice: PracticeTable;
  practice_user: UserTable;
  device: DeviceTable;
  practice_key_wrap: PracticeKeyWrapTable;
  recovery_wrap: RecoveryWrapTable;
  profile: ProfileTable;
  sign_in_challenge: SignInChallengeTable;
  session: SessionTable;
  used_signature: UsedSignatureTable;
  appointment: AppointmentTable;
  invitation: InvitationTable;
  host_ticket: HostTicketTable;
};

type PracticeTable = {
  id: string;
  time_zone: string;
  plan: Generated<string>;
  created_at: Generated<Date>;
};

type UserTable = {
  id: string;
  practice_id: string;
  email: string;
  password_hash: string;
  is_main: boolean;
  created_at: Generated<Date>;
};

type DeviceTable = {
  id: string;
  practice_id: string;
  sign_key: Buffer;
  agree_key: Buffer;
  created_at: Generated<Date>;
};

type PracticeKeyWrapTable = { device_id: string; generation: number; wrap: Buffer };

type RecoveryWrapTable = { practice_id: string; generation: number; locator_hash: Buffer; wrap: Buffer };

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
};

type InvitationTable = {
  id: string;
  appointment_id: string;
  practice_id: string;
  practitioner_id: string;
  day: string;
  locator_hash: Buffer;
  card: Buffer;
};

type HostTicketTable = {
  ticket_hash: Buffer;
  practice_id: string;
  user_id: string;
  expires_at: Date;
};
