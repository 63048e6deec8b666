import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { planDeliveries } from '../mail/plan-deliveries.ts';
import { checkPlan } from '../practice/check-plan.ts';
import { checkGeneration } from '../practice/generations.ts';
import { isUniqueViolation } from '../practice/unique-violation.ts';
import { checkAppointment } from './check.ts';
import { exists } from './exists.ts';
import { isStored, replaceCodes, toRows } from './store.ts';
import { takeConsents } from './take-consents.ts';

/**
 * Replaces record, day and invitations of the expected version. The rows of codes that are not given again are gone with
 * the same commit.
 * @throws BAD_INPUT, NOT_FOUND, PLAN_LIMIT, VERSION_CONFLICT also when the practice has a newer key
 */
export async function rescheduleAppointment(
  context: Pick<Context, 'db' | 'now' | 'config'>,
  signedIn: SignedIn,
  input: AppointmentInput & { version: number },
): Promise<{ version: number }> {
  await checkAppointment(context, signedIn, input);
  const nextVersion = input.version + 1;
  const isReplaced = await replace(context, signedIn, input, nextVersion);
  if (isReplaced || (await isStored(context.db, signedIn.practiceId, input, nextVersion))) {
    return { version: nextVersion };
  }
  throw refusal((await exists(context.db, signedIn.practiceId, input.id)) ? 'VERSION_CONFLICT' : 'NOT_FOUND');
}

async function replace(
  context: Pick<Context, 'db' | 'now' | 'config'>,
  signedIn: SignedIn,
  input: AppointmentInput & { version: number },
  nextVersion: number,
): Promise<boolean> {
  const { practiceId } = signedIn;
  const { appointment, ...codes } = toRows(practiceId, input);
  try {
    return await context.db.transaction().execute(async (transaction) => {
      await checkGeneration(transaction, practiceId, input.generation);
      await checkPlan(transaction, context.now(), signedIn, input);
      const updated = await transaction
        .updateTable('appointment')
        .set({ ...appointment, version: nextVersion })
        .where('id', '=', input.id)
        .where('practice_id', '=', practiceId)
        .where('version', '=', input.version)
        .executeTakeFirst();
      if (updated.numUpdatedRows === 0n) return false;
      await replaceCodes(transaction, input.id, codes);
      await takeConsents(transaction, input);
      await planDeliveries(
        transaction,
        context,
        { ...signedIn, appointmentId: input.id, day: input.day },
        input,
      );
      return true;
    });
  } catch (error) {
    // An invitation's id or code belongs to another appointment.
    if (isUniqueViolation(error)) throw refusal('VERSION_CONFLICT');
    throw error;
  }
}
