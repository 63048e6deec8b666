import type { exchange } from '@sprechzimmer/protocol/device.ts';
import type * as z from 'zod/mini';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { requireMain } from '../practice/require-main.ts';
import { exchangeFrames, findRequest } from './mailbox.ts';

/**
 * The approved device's side of the handshake: only the one where the code was typed.
 * @throws FORBIDDEN, NOT_FOUND, BAD_INPUT
 */
export async function exchangeAtApprover(
  { db, now }: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
  input: z.infer<typeof exchange>,
) {
  requireMain(signedIn);
  return db.transaction().execute(async (transaction) => {
    const request = await findRequest(transaction, input.requestId);
    if (request?.practice_id !== signedIn.practiceId) throw refusal('NOT_FOUND');
    if (request.matched_by !== signedIn.deviceId) throw refusal('FORBIDDEN');
    return exchangeFrames(transaction, request, 'approver', { ...input, now: now() });
  });
}
