import { signatureWindowMs } from '@sprechzimmer/protocol/signed-request.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { endOverdue } from '../mail/end-overdue.ts';
import { addDays, calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';

/** An appointment's sealed record is kept for this many days after its day. */
const appointmentDays = 90;
/** Security events are kept for as long. */
const eventDays = 90;
/** Notices of appointments that are no more are kept for as long as they are shown. */
const noticeDays = 14;
const dayMs = 86_400_000;

/** How many rows went, by kind. */
export type Swept = {
  invitations: number;
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
};

/**
 * Deletes what the server need not know any more: invitations from the day after their day on, appointments after
 * their retention, and whatever has expired. Run twice at once, or anew after a fault, it does no harm.
 */
export async function sweep({ db, now }: Pick<Context, 'db' | 'now'>): Promise<Swept> {
  const moment = now();
  const oldestEvent = new Date(moment.getTime() - eventDays * dayMs);
  const oldestSignature = new Date(moment.getTime() - 2 * signatureWindowMs);
  return {
    ...(await sweepDays(db, moment)),
    challenges: await countOf(db.deleteFrom('sign_in_challenge').where('expires_at', '<=', moment)),
    sessions: await countOf(db.deleteFrom('session').where('expires_at', '<=', moment)),
    tickets: await countOf(db.deleteFrom('host_ticket').where('expires_at', '<=', moment)),
    signatures: await countOf(db.deleteFrom('used_signature').where('used_at', '<', oldestSignature)),
    deviceRequests: await countOf(db.deleteFrom('device_request').where('expires_at', '<=', moment)),
    passkeyChallenges: await countOf(db.deleteFrom('passkey_challenge').where('expires_at', '<=', moment)),
    events: await countOf(db.deleteFrom('security_event').where('at', '<', oldestEvent)),
    contents: await endOverdue(db, moment),
    notices: await countOf(
      db
        .deleteFrom('delivery')
        .where('appointment_id', 'is', null)
        .where('changed_at', '<', new Date(moment.getTime() - noticeDays * dayMs)),
    ),
  };
}

/** A day is over when it is over at the practice. */
async function sweepDays(db: Db, moment: Date): Promise<Pick<Swept, 'invitations' | 'appointments'>> {
  const swept = { invitations: 0, appointments: 0 };
  const zones = await db.selectFrom('practice').select('time_zone').distinct().execute();
  for (const { time_zone } of zones) {
    const today = calendarDayIn(time_zone, moment);
    const practices = db.selectFrom('practice').select('id').where('time_zone', '=', time_zone);
    swept.appointments += await countOf(
      db
        .deleteFrom('appointment')
        .where('day', '<', addDays(today, -appointmentDays))
        .where('practice_id', 'in', practices),
    );
    swept.invitations += await countOf(
      db.deleteFrom('invitation').where('day', '<', addDays(today, -1)).where('practice_id', 'in', practices),
    );
  }
  return swept;
}

async function countOf(deletion: {
  executeTakeFirst(): Promise<{ numDeletedRows: bigint } | undefined>;
}): Promise<number> {
  const result = await deletion.executeTakeFirst();
  return Number(result?.numDeletedRows ?? 0n);
}
