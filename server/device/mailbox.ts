import { sql } from 'kysely';
import type { exchanged } from '@sprechzimmer/protocol/device.ts';
import type * as z from 'zod/mini';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import { fromWire, toWire } from '../http/wire-bytes.ts';

type Exchanged = z.infer<typeof exchanged>;

/** A handshake has five frames in both directions together. */
const maxFramesEach = 8;

/** The request, held by this transaction. */
export async function findRequest(transaction: Db, requestId: string) {
  return transaction
    .selectFrom('device_request')
    .where('id', '=', requestId)
    .selectAll()
    .forUpdate()
    .executeTakeFirst();
}
export type RequestRow = NonNullable<Awaited<ReturnType<typeof findRequest>>>;

export function stateOf(request: RequestRow, now: Date): Exchanged['state'] {
  const isDecided = request.state === 'approved' || request.state === 'declined';
  if (!isDecided && request.expires_at <= now) return 'expired';
  return request.state as Exchanged['state']; // the table checks it
}

/**
 * Puts a frame into the other end's box and takes what lies in one's own, from `after` on. Sending the same frame again
 * puts it there once: frames are sealed or random, so equal ones are one whose answer was lost.
 * @throws BAD_INPUT for a frame before the code was typed, or one too many
 */
export async function exchangeFrames(
  transaction: Db,
  request: RequestRow,
  role: 'device' | 'approver',
  input: { after: number; send?: string | undefined; now: Date },
): Promise<Exchanged> {
  const state = stateOf(request, input.now);
  if (input.send !== undefined && state === 'waiting') throw refusal('BAD_INPUT');
  if (state !== 'matched' && state !== 'approved') return { state, frames: [] };
  const [own, other] =
    role === 'device' ? (['to_device', 'to_approver'] as const) : (['to_approver', 'to_device'] as const);
  if (input.send !== undefined) await put(transaction, request, other, fromWire(input.send));
  return { state, frames: request[own].slice(input.after).map(toWire) };
}

async function put(
  transaction: Db,
  request: RequestRow,
  box: 'to_device' | 'to_approver',
  frame: Buffer,
): Promise<void> {
  if (request[box].some((there) => there.equals(frame))) return;
  if (request[box].length >= maxFramesEach) throw refusal('BAD_INPUT');
  await sql`
    update device_request set ${sql.ref(box)} = ${sql.ref(box)} || ${frame}::bytea
    where id = ${request.id}`.execute(transaction);
}
