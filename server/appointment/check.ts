import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { addDays, calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';

const furthestDays = 731;

/**
 * What holds for each appointment that is written.
 * @param earliestDays the first day allowed, counted from the practice's today
 * @throws BAD_INPUT for a day out of range, NOT_FOUND for a practitioner who is not of the practice
 */
export async function checkAppointment(
  context: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
  input: AppointmentInput,
  earliestDays: number,
): Promise<void> {
  const today = calendarDayIn(signedIn.timeZone, context.now());
  // Days as ISO 8601 sort as text.
  if (input.day < addDays(today, earliestDays) || input.day > addDays(today, furthestDays)) {
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
