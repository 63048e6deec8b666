import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { recordEvent } from '../practice/record-event.ts';
import { requireMain } from '../practice/require-main.ts';
import { findRequest, stateOf } from './mailbox.ts';

/** Ends a request, also one whose code was typed. @throws FORBIDDEN, NOT_FOUND, EXPIRED */
export async function declineRequest(
  { db, now }: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
  requestId: string,
): Promise<void> {
  requireMain(signedIn);
  await db.transaction().execute(async (transaction) => {
    const request = await findRequest(transaction, requestId);
    if (request?.practice_id !== signedIn.practiceId) throw refusal('NOT_FOUND');
    const state = stateOf(request, now());
    if (state === 'declined') return;
    if (state !== 'waiting' && state !== 'matched') throw refusal('EXPIRED');
    await transaction
      .updateTable('device_request')
      .set({ state: 'declined' })
      .where('id', '=', requestId)
      .execute();
    const { practiceId, userId, deviceId } = signedIn;
    const kind = 'device-request-refused';
    await recordEvent(transaction, { practiceId, kind, userId, deviceId, at: now() });
  });
}
