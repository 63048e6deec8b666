import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

export type FilledPractice = {
  practiceId: string;
  userId: string;
  deviceId: string;
  /** Every id that was given to anything of the practice. */
  ids: string[];
};

export type Filling = {
  timeZone?: string;
  /** Of the appointment, and of all that hangs on it. */
  day: string;
  /** When everything happened. */
  at: Date;
  /** When everything expires that does. */
  expiresAt: Date;
  /** Stands in every text and in all bytes, to be looked for. */
  canary?: string;
};

/** A practice with a row in every table that holds anything of a practice, straight in the database. */
export async function fillPractice(db: Db, filling: Filling): Promise<FilledPractice> {
  const { timeZone = 'Europe/Berlin', canary = 'canary', at } = filling;
  const ids: string[] = [];
  const id = () => {
    const next = randomUUID();
    ids.push(next);
    return next;
  };
  const practice = { practice_id: id() };
  const [userId, deviceId] = [id(), id()];
  const row: Rows = { ...filling, ...practice, userId, deviceId, canary, id };
  await db
    .insertInto('practice')
    .values({ id: practice.practice_id, time_zone: timeZone, created_at: at })
    .execute();
  await fillMembers(db, row);
  await fillAccount(db, row);
  await fillAppointment(db, row);
  await fillNumbers(db, row);
  return { practiceId: practice.practice_id, userId, deviceId, ids };
}

type Rows = Filling & {
  practice_id: string;
  userId: string;
  deviceId: string;
  canary: string;
  id: () => string;
};

/** Of the right length for a hash, and unlike any other. */
function hashOf(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

async function fillMembers(db: Db, row: Rows): Promise<void> {
  const { practice_id, userId, deviceId, canary, at, expiresAt: expires_at, id } = row;
  const sealed = Buffer.from(canary);
  const user = { id: userId, practice_id, password_hash: canary, is_main: true, created_at: at };
  await db
    .insertInto('practice_user')
    .values({ ...user, email: `${userId}.${canary}@praxis.example`.toLowerCase() })
    .execute();
  const device = { id: deviceId, practice_id, sign_key: sealed, agree_key: sealed, created_at: at };
  await db.insertInto('device').values(device).execute();
  const wrap = { generation: 1, wrap: sealed };
  await db
    .insertInto('practice_key_wrap')
    .values({ ...wrap, device_id: deviceId })
    .execute();
  await db
    .insertInto('recovery_key_wrap')
    .values({ ...wrap, practice_id })
    .execute();
  await db
    .insertInto('recovery_sheet')
    .values({ practice_id, locator_hash: hashOf(id()), sealed_keys: sealed })
    .execute();
  await db
    .insertInto('membership_entry')
    .values({
      practice_id,
      seq: 0,
      body: canary,
      device_signature: sealed,
      user_signature: sealed,
      hash: sealed,
    })
    .execute();
  await db
    .insertInto('profile')
    .values({ practice_id, kind: 'user', id: userId, version: 1, generation: 1, sealed })
    .execute();
  await db
    .insertInto('device_request')
    .values({
      id: id(),
      practice_id,
      user_id: userId,
      device_id: id(),
      sign_key: sealed,
      agree_key: sealed,
      browser: canary,
      locator_hash: hashOf(id()),
      created_at: at,
      expires_at,
    })
    .execute();
}

async function fillAccount(db: Db, row: Rows): Promise<void> {
  const { practice_id, userId: user_id, deviceId: device_id, canary, at, expiresAt: expires_at, id } = row;
  const bytes = Buffer.from(canary);
  await db.insertInto('totp').values({ user_id, secret: bytes, confirmed_at: at }).execute();
  await db
    .insertInto('passkey')
    .values({ id: id(), user_id, name: canary, public_key: bytes, counter: '0', created_at: at })
    .execute();
  await db
    .insertInto('passkey_challenge')
    .values({ user_id, purpose: 'sign-in', challenge: canary, expires_at })
    .execute();
  await db.insertInto('recovery_code').values({ user_id, code_hash: bytes }).execute();
  await db
    .insertInto('security_event')
    .values({ practice_id, at, kind: 'signed-in', user_id, device_id })
    .execute();
  await db
    .insertInto('session')
    .values({ token_hash: hashOf(id()), user_id, device_id, created_at: at, expires_at })
    .execute();
  await db.insertInto('used_signature').values({ device_id, nonce: bytes, used_at: at }).execute();
  await db
    .insertInto('sign_in_challenge')
    .values({ challenge: hashOf(id()).subarray(0, 16), expires_at })
    .execute();
  await db
    .insertInto('host_ticket')
    .values({ ticket_hash: hashOf(id()), practice_id, user_id, expires_at })
    .execute();
  await db.insertInto('plan_request').values({ practice_id, plan: 'plus', requested_at: at }).execute();
}

async function fillAppointment(db: Db, row: Rows): Promise<void> {
  const { practice_id, userId, canary, day, at, id } = row;
  const sealed = Buffer.from(canary);
  const [appointment_id, invitation_id] = [id(), id()];
  const shared = { practice_id, practitioner_id: userId, day };
  await db
    .insertInto('appointment')
    .values({ ...shared, id: appointment_id, version: 1, generation: 1, sealed, created_at: at, held_at: at })
    .execute();
  const code = { ...shared, appointment_id, card: sealed };
  await db
    .insertInto('invitation')
    .values({ ...code, id: invitation_id, locator_hash: hashOf(invitation_id), opened_at: at })
    .execute();
  await db
    .insertInto('host_code')
    .values({ ...code, id: id(), locator_hash: hashOf(id()) })
    .execute();
  await db.insertInto('consent').values({ invitation_id, appointment_id, sealed, at }).execute();
  const delivery = { practice_id, channel: 'mail', is_on_day: false, due_at: at, next_attempt_at: at };
  await db
    .insertInto('delivery')
    .values([
      {
        ...delivery,
        id: id(),
        appointment_id,
        invitation_id,
        state: 'waiting',
        changed_at: at,
        content: sealed,
      },
      // The notice that an appointment was cancelled.
      { ...delivery, id: id(), appointment_id: null, invitation_id: null, state: 'sent', changed_at: at },
    ])
    .execute();
  await db
    .insertInto('contact')
    .values({ id: id(), practice_id, version: 1, generation: 1, sealed })
    .execute();
}

async function fillNumbers(db: Db, { practice_id, userId: practitioner_id, day, at }: Rows): Promise<void> {
  const month = `${day.slice(0, 7)}-01`;
  await db
    .insertInto('consultation_count')
    .values({ practice_id, practitioner_id, month, consultations: 3 })
    .execute();
  await db
    .insertInto('case_count')
    .values({ practice_id, practitioner_id, cases: 40, quarter: sql`date_trunc('quarter', ${day}::date)` })
    .execute();
  await db
    .insertInto('practice_deletion')
    .values({ practice_id, requested_at: at, due_at: new Date('9999-01-01T00:00:00Z') })
    .execute();
  await db
    .insertInto('deletion_log')
    .values({ practice_id, at, day, kind: 'contact', rule: 'by-practice', count: 1 })
    .execute();
  await db.insertInto('admin_log').values({ at, action: 'plan', practice_id, plan: 'plus' }).execute();
}
