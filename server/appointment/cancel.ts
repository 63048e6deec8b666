import type { Cancellation } from '@sprechzimmer/protocol/appointment.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { planDeliveries } from '../mail/plan-deliveries.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { logDeletions } from '../practice/log-deletions.ts';
import { exists } from './exists.ts';

/**
 * Deletes the appointment and, by the tables' cascade, its invitations, host codes and waiting messages: its codes are
 * unknown from now on. The notices that come along are sent.
 * @throws NOT_FOUND, VERSION_CONFLICT, PLAN_LIMIT, BAD_INPUT
 */
export async function cancelAppointment(
  context: Pick<Context, 'db' | 'now' | 'config'>,
  signedIn: SignedIn,
  { id, version, deliveries }: Cancellation,
): Promise<void> {
  const { practiceId } = signedIn;
  const isCancelled = await context.db.transaction().execute(async (transaction) => {
    const deleted = await transaction
      .deleteFrom('appointment')
      .where('id', '=', id)
      .where('practice_id', '=', practiceId)
      .where('version', '=', version)
      .returning('day')
      .executeTakeFirst();
    if (!deleted) return false;
    const line = { practiceId, kind: 'appointment', rule: 'by-practice', count: 1 } as const;
    await logDeletions(transaction, context.now(), [{ ...line, oldest: deleted.day, newest: deleted.day }]);
    const target = { ...signedIn, appointmentId: null, day: deleted.day };
    await planDeliveries(transaction, context, target, { deliveries, keepDeliveries: [] });
    return true;
  });
  if (isCancelled) return;
  throw refusal((await exists(context.db, practiceId, id)) ? 'VERSION_CONFLICT' : 'NOT_FOUND');
}
