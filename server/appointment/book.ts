import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { planDeliveries } from '../mail/plan-deliveries.ts';
import { checkPlan } from '../practice/check-plan.ts';
import { checkGeneration } from '../practice/generations.ts';
import { isUniqueViolation } from '../practice/unique-violation.ts';
import { checkAppointment } from './check.ts';
import { isStored, replaceCodes, toRows } from './store.ts';

const firstVersion = 1;

/**
 * Stores a new appointment with its invitations, durably before the answer.
 * @throws BAD_INPUT, NOT_FOUND (practitioner); PLAN_LIMIT; VERSION_CONFLICT when one of its ids or codes is in use for something else, or when
 *   the practice has a newer key
 */
export async function bookAppointment(
  context: Pick<Context, 'db' | 'now' | 'config'>,
  signedIn: SignedIn,
  input: AppointmentInput,
): Promise<{ version: number }> {
  await checkAppointment(context, signedIn, input);
  const { appointment, ...codes } = toRows(signedIn.practiceId, input);
  try {
    await context.db.transaction().execute(async (transaction) => {
      await checkGeneration(transaction, signedIn.practiceId, input.generation);
      await checkPlan(transaction, context.now(), signedIn, input);
      const created_at = context.now();
      await transaction
        .insertInto('appointment')
        .values({ ...appointment, id: input.id, version: firstVersion, created_at })
        .execute();
      await replaceCodes(transaction, input.id, codes);
      await planDeliveries(
        transaction,
        context,
        { ...signedIn, appointmentId: input.id, day: input.day },
        input,
      );
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const isRepeated = await isStored(context.db, signedIn.practiceId, input, firstVersion);
    if (!isRepeated) throw refusal('VERSION_CONFLICT');
  }
  return { version: firstVersion };
}
