import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { addDays, calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';

const furthestDays = 731;

/**
 * What holds for each appointment that is written. None is made on or moved to a day that is past; one of a past day can
 * still be changed, for a note or a consent may follow.
 * @throws BAD_INPUT for a day out of range, NOT_FOUND for a practitioner who is not of the practice
 */
export async function checkAppointment(
  context: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
  input: AppointmentInput,
): Promise<void> {
  const today = calendarDayIn(signedIn.timeZone, context.now());
  // Days as ISO 8601 sort as text.
  const isPast = input.day < today;
  if (
    input.day > addDays(today, furthestDays) ||
    (isPast && !(await isItsDay(context.db, signedIn, input)))
  ) {
    throw refusal('BAD_INPUT');
  }
  if (input.practitionerId === signedIn.userId) return;
  const practitioner = await context.db
    .selectFrom('practice_user')
    .where('id', '=', input.practitionerId)
    .where('practice_id', '=', signedIn.practiceId)
    .select('id')
    .executeTakeFirst();
  if (!practitioner) throw refusal('NOT_FOUND');
}

async function isItsDay(db: Db, { practiceId }: SignedIn, { id, day }: AppointmentInput): Promise<boolean> {
  const stored = await db
    .selectFrom('appointment')
    .where('id', '=', id)
    .where('practice_id', '=', practiceId)
    .where('day', '=', day)
    .select('id')
    .executeTakeFirst();
  return stored !== undefined;
}
