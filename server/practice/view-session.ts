import { sql } from 'kysely';
import type { KeyWrap, SessionView } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Config } from '../http/config.ts';
import type { Context } from '../http/context.ts';
import { toWire } from '../http/wire-bytes.ts';
import type { SignedIn } from './authenticate.ts';
import { allowedChannels } from './channels.ts';
import { newestGeneration } from './generations.ts';
import { readLog } from './membership-log.ts';
import { readProfiles } from './profiles.ts';
import { countStale } from './stale-records.ts';

/**
 * What the practice app needs after sign-in, the practice key's wraps for this very device among it. All of one moment:
 * a log and devices of two moments would look like forgery.
 */
export async function viewSession(context: Pick<Context, 'db' | 'config'>, signedIn: SignedIn) {
  return context.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => readView(transaction, context.config, signedIn));
}

async function readView(db: Db, config: Config, { practiceId, userId, deviceId }: SignedIn) {
  const practice = await readPractice(db, config, practiceId);
  const users = await readUsers(db, practiceId);
  const devices = await readDevices(db, practiceId);
  const wraps = await readWraps(db, deviceId);
  const log = await readLog(db, practiceId);
  const profiles = await readProfiles(db, practiceId);
  const staleRecords = await countStale(db, practiceId, await newestGeneration(db, practiceId));
  const self = users.find(({ id }) => id === userId);
  if (!self) throw new Error('a session without its user');
  return {
    practice,
    user: { id: userId, email: self.email, isMain: self.isMain, role: self.role },
    deviceId,
    wraps,
    log,
    users: users.map((user) => {
      const { recoveredAt: _, ...shown } = user;
      return shown;
    }),
    devices,
    profiles,
    staleRecords,
    recoveredAt: self.recoveredAt?.toISOString() ?? null,
    roomOrigin: config.roomOrigin,
  };
}

async function readPractice(db: Db, config: Config, practiceId: string) {
  const row = await db
    .selectFrom('practice')
    .innerJoin('plan', 'plan.id', 'practice.plan')
    .leftJoin('plan_request', 'plan_request.practice_id', 'practice.id')
    .leftJoin('practice_deletion', 'practice_deletion.practice_id', 'practice.id')
    .where('practice.id', '=', practiceId)
    .select([
      'time_zone',
      'mail_time',
      'plan.id as planId',
      'max_users',
      'max_participants',
      'max_consultations_per_month',
      'server_mail',
      'sms',
      'plan_request.plan as requestedPlan',
      'second_factor_required',
      'practice_deletion.due_at as deletionDueAt',
    ])
    .executeTakeFirstOrThrow();
  return {
    id: practiceId,
    timeZone: row.time_zone,
    plan: {
      id: row.planId,
      maxUsers: row.max_users,
      maxParticipants: row.max_participants,
      maxConsultationsPerMonth: row.max_consultations_per_month,
      serverMail: row.server_mail,
      sms: row.sms,
    },
    mailTime: row.mail_time.slice(0, 5),
    channels: allowedChannels(row, config),
    codeHours: config.codeHours,
    requestedPlan: row.requestedPlan,
    secondFactorRequired: row.second_factor_required,
    hasRelay: config.relay !== undefined,
    deletionDueAt: row.deletionDueAt?.toISOString() ?? null,
  };
}

async function readUsers(db: Db, practiceId: string) {
  const rows = await db
    .selectFrom('practice_user')
    .where('practice_id', '=', practiceId)
    .orderBy('created_at')
    .orderBy('id')
    .select(['id', 'email', 'role', 'is_main as isMain', 'state', 'recovered_at as recoveredAt'])
    .select(
      sql<boolean>`exists (select from totp where user_id = practice_user.id and confirmed_at is not null)
        or exists (select from passkey where user_id = practice_user.id)`.as('hasSecondFactor'),
    )
    .execute();
  // The table checks role and state.
  type User = SessionView['users'][number];
  return rows.map(({ role, state, ...user }) => ({
    ...user,
    role: role as User['role'],
    state: state as User['state'],
  }));
}

/** All rows: one that the log does not know must not stay hidden from those who verify it. */
async function readDevices(db: Db, practiceId: string) {
  const rows = await db
    .selectFrom('device')
    .where('practice_id', '=', practiceId)
    .orderBy('created_at')
    .orderBy('id')
    .select(['id', 'last_seen_at', 'suspended_until'])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    suspendedUntil: row.suspended_until?.toISOString() ?? null,
  }));
}

async function readWraps(db: Db, deviceId: string) {
  const rows = await db
    .selectFrom('practice_key_wrap')
    .where('device_id', '=', deviceId)
    .orderBy('generation')
    .select(['generation', 'wrap'])
    .execute();
  return rows.map(({ generation, wrap }) => ({
    to: deviceId as KeyWrap['to'],
    generation,
    wrap: toWire(wrap),
  }));
}
