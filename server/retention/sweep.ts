import { sql } from 'kysely';
import { signatureWindowMs } from '@sprechzimmer/protocol/signed-request.ts';
import { addDays, calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { Db } from '../db/database.ts';
import type { Config } from '../http/config.ts';
import type { Context } from '../http/context.ts';
import { endOverdue } from '../mail/end-overdue.ts';
import { deleteAndLog } from './delete-and-log.ts';
import { deleteDuePractices } from './delete-due-practices.ts';
import { expiredAppointments } from './expired-appointments.ts';
import { forgetOldDeletions } from './forget-old-deletions.ts';
import { forgetOldFiles } from './forget-old-files.ts';
import { mergeOldCounts } from './merge-old-counts.ts';

/** Notices of appointments that are no more are kept for as long as they are shown. */
const noticeDays = 14;
const dayMs = 86_400_000;

export type SweepContext = Pick<Context, 'db' | 'now'> & { config: Pick<Config, 'retentionMaxDays'> };

/** How many rows went, by kind. */
export type Swept = {
  invitations: number;
  hostCodes: number;
  appointments: number;
  challenges: number;
  sessions: number;
  tickets: number;
  signatures: number;
  deviceRequests: number;
  passkeyChallenges: number;
  events: number;
  /** Contents of messages that could not be sent for too long. */
  contents: number;
  notices: number;
  practices: number;
  /** Numbers of single practitioners that became one of the practice. */
  mergedCounts: number;
  /** Lines of the deletion log itself. */
  logLines: number;
  /** The apps' files of versions that no server runs any more. */
  builtFiles: number;
};

/**
 * Deletes what the server need not know any more: invitations from the day after their day on, appointments after
 * their retention, and whatever has expired; docs/retention.md says what and when. Run twice at once, or anew after a
 * fault, it does no harm: each step deletes and logs in one statement.
 */
export async function sweep({ db, now, config }: SweepContext): Promise<Swept> {
  const moment = now();
  const maxDays = config.retentionMaxDays;
  return {
    practices: await deleteDuePractices(db, moment),
    ...(await sweepDays(db, moment, maxDays)),
    ...(await sweepExpired(db, moment)),
    ...(await sweepMetadata(db, moment, maxDays)),
    contents: await endOverdue(db, moment),
    mergedCounts: await mergeOldCounts(db, moment),
    logLines: await forgetOldDeletions(db, moment),
    builtFiles: await forgetOldFiles(db, moment),
  };
}

/** A day is over when it is over at the practice. */
async function sweepDays(db: Db, moment: Date, maxDays: number) {
  const swept = { invitations: 0, hostCodes: 0, appointments: 0 };
  const zones = await db.selectFrom('practice').select('time_zone').distinct().execute();
  for (const { time_zone: timeZone } of zones) {
    const today = calendarDayIn(timeZone, moment);
    const over = addDays(today, -1);
    swept.appointments += await deleteAndLog(db, moment, {
      kind: 'appointment',
      rule: 'retention',
      table: 'appointment',
      day: sql`day`,
      rows: expiredAppointments({ today, maxDays, practices: sql`practice.time_zone = ${timeZone}` }),
    });
    const where = sql`day < ${over}
      and practice_id in (select id from practice where time_zone = ${timeZone})`;
    const codes = { rule: 'over', day: sql`day`, where } as const;
    swept.invitations += await deleteAndLog(db, moment, {
      ...codes,
      kind: 'invitation',
      table: 'invitation',
    });
    swept.hostCodes += await deleteAndLog(db, moment, { ...codes, kind: 'host-code', table: 'host_code' });
  }
  return swept;
}

/** What was good until a moment of its own. */
async function sweepExpired(db: Db, moment: Date) {
  const where = sql`expires_at <= ${moment}`;
  const expired = { rule: 'expired', where, day: utcDayOf('expires_at') } as const;
  const oldestSignature = new Date(moment.getTime() - 2 * signatureWindowMs);
  return {
    challenges: await deleteAndLog(db, moment, {
      ...expired,
      kind: 'sign-in-challenge',
      table: 'sign_in_challenge',
      ofAll: true,
    }),
    sessions: await deleteAndLog(db, moment, { ...expired, kind: 'session', table: 'session', ofAll: true }),
    tickets: await deleteAndLog(db, moment, {
      ...expired,
      kind: 'host-ticket',
      table: 'host_ticket',
      ofAll: true,
    }),
    passkeyChallenges: await deleteAndLog(db, moment, {
      ...expired,
      kind: 'passkey-challenge',
      table: 'passkey_challenge',
      ofAll: true,
    }),
    deviceRequests: await deleteAndLog(db, moment, {
      ...expired,
      kind: 'device-request',
      table: 'device_request',
    }),
    signatures: await deleteAndLog(db, moment, {
      kind: 'used-signature',
      rule: 'expired',
      table: 'used_signature',
      ofAll: true,
      where: sql`used_at < ${oldestSignature}`,
      day: utcDayOf('used_at'),
    }),
  };
}

async function sweepMetadata(db: Db, moment: Date, maxDays: number) {
  const oldestEvent = new Date(moment.getTime() - maxDays * dayMs);
  const oldestNotice = new Date(moment.getTime() - Math.min(noticeDays, maxDays) * dayMs);
  return {
    events: await deleteAndLog(db, moment, {
      kind: 'security-event',
      rule: 'max-days',
      table: 'security_event',
      where: sql`at < ${oldestEvent}`,
      day: utcDayOf('at'),
    }),
    notices: await deleteAndLog(db, moment, {
      kind: 'delivery',
      rule: 'over',
      table: 'delivery',
      day: utcDayOf('changed_at'),
      where: sql`appointment_id is null and changed_at < ${oldestNotice}`,
    }),
  };
}

function utcDayOf(column: string) {
  return sql`(${sql.ref(column)} at time zone 'UTC')::date`;
}
