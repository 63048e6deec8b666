import { maxCodeAttempts } from '@sprechzimmer/protocol/device.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { recordEvent } from '../practice/record-event.ts';
import { requireMain } from '../practice/require-main.ts';
import { findRequest, type RequestRow, stateOf } from './mailbox.ts';

/**
 * The main user has typed the code that the new device shows. The third wrong one ends the request.
 * @throws FORBIDDEN, NOT_FOUND, EXPIRED, CODE_WRONG
 */
export async function matchCode(
  { db, now }: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
  input: { requestId: string; locatorHash: string },
): Promise<void> {
  requireMain(signedIn);
  // A wrong code must be counted, so what is refused is told after the commit.
  const attemptsLeft = await db.transaction().execute(async (transaction) => {
    const request = await findRequest(transaction, input.requestId);
    if (request?.practice_id !== signedIn.practiceId) throw refusal('NOT_FOUND');
    const isRight = request.locator_hash.equals(fromWire(input.locatorHash));
    const state = stateOf(request, now());
    const isRepeated = state === 'matched' && request.matched_by === signedIn.deviceId && isRight;
    if (isRepeated) return undefined;
    if (state !== 'waiting') throw refusal('EXPIRED');
    if (!isRight) return countFailure(transaction, signedIn, request, now());
    await transaction
      .updateTable('device_request')
      .set({ state: 'matched', matched_by: signedIn.deviceId })
      .where('id', '=', request.id)
      .execute();
    return undefined;
  });
  if (attemptsLeft !== undefined) throw refusal('CODE_WRONG', { attemptsLeft });
}

async function countFailure(
  db: Db,
  { practiceId, userId, deviceId }: SignedIn,
  { id, failed_attempts }: RequestRow,
  at: Date,
): Promise<number> {
  const attemptsLeft = maxCodeAttempts - failed_attempts - 1;
  await db
    .updateTable('device_request')
    .set({ failed_attempts: failed_attempts + 1, ...(attemptsLeft <= 0 && { state: 'declined' }) })
    .where('id', '=', id)
    .execute();
  if (attemptsLeft <= 0) {
    await recordEvent(db, { practiceId, kind: 'device-request-refused', userId, deviceId, at });
  }
  return attemptsLeft;
}
