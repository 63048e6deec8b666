import { verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import { type devicePoll, pollText } from '@sprechzimmer/protocol/device.ts';
import { signatureWindowMs } from '@sprechzimmer/protocol/signed-request.ts';
import type * as z from 'zod/mini';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { exchangeFrames, findRequest } from './mailbox.ts';

/**
 * The new device's side of the handshake. It has no session, so it signs with the key that it asked with.
 * @throws NOT_FOUND for an unknown request and for another key alike, REQUEST_EXPIRED, BAD_INPUT
 */
export async function pollRequest(context: Pick<Context, 'db' | 'now'>, poll: z.infer<typeof devicePoll>) {
  const now = context.now();
  return context.db.transaction().execute(async (transaction) => {
    const request = await findRequest(transaction, poll.requestId);
    if (!request) throw refusal('NOT_FOUND');
    const key = new Uint8Array(request.sign_key);
    if (!(await verifyText(key, pollText(poll), fromWire(poll.signature)))) throw refusal('NOT_FOUND');
    if (Math.abs(now.getTime() - poll.timestampMs) > signatureWindowMs) {
      throw refusal('REQUEST_EXPIRED', { serverTimeMs: now.getTime() });
    }
    return exchangeFrames(transaction, request, 'device', { ...poll, now });
  });
}
