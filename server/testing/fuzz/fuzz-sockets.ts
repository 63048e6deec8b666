import { clientMessage } from '@sprechzimmer/protocol/signalling.ts';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { addInvitation, addPractitioner, testRoomOrigin, type TestSignalling } from '../test-signalling.ts';
import { createRandom, type Random } from './random.ts';
import { mutated, type Schema, valueFor } from './schema-values.ts';

const messagesPerSocket = 40;
const atOnce = 8;
/** What our own server closes a socket with, and what `ws` does for a broken frame. */
const closeCodes = new Set([1000, 1002, 1005, 1006, 1007, 1008, 1009, 1012]);

/** Sockets that say anything: some have come in before, as participant or host. @returns what went wrong, in lines */
export async function fuzzSockets(
  signalling: TestSignalling,
  { inputs, seed }: { inputs: number; seed: number },
): Promise<string[]> {
  const schema = z.toJSONSchema(clientMessage, { unrepresentable: 'any', io: 'input' }) as Schema;
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const { socket, ticket } = await signalling.host(practitioner);
  socket.terminate();
  const known = { ids: [invitation.id], texts: [invitation.locator, ticket, 'AAAA'] };
  const join = { kind: 'join', v: 1, locator: invitation.locator, place: 'A'.repeat(22) };
  const host = { kind: 'host', v: 1, ticket };
  const wrong: string[] = [];
  let left = inputs;

  async function lane(random: Random): Promise<void> {
    while (left > 0) {
      const count = Math.min(left, 1 + random.below(messagesPerSocket));
      left -= count;
      const raw = new WebSocket(signalling.url, { origin: testRoomOrigin, perMessageDeflate: false });
      raw.on('error', () => {});
      await once(raw, 'open');
      const closed = once(raw, 'close') as Promise<[number]>;
      const greeting = random.pick([join, host, undefined]);
      if (greeting) raw.send(JSON.stringify(greeting));
      for (let number = 0; number < count && raw.readyState === WebSocket.OPEN; number++) {
        const value = valueFor(schema, random, known);
        raw.send(frameOf(random.chance(0.7) ? mutated(value, random) : value, random));
        if (random.chance(0.2)) await new Promise((resolve) => setImmediate(resolve));
      }
      raw.close();
      const [code] = await closed;
      if (!closeCodes.has(code) && (code < 4000 || code > 4999)) {
        wrong.push(`seed ${seed}: a socket was closed with ${code}`);
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, (_, index) => lane(createRandom(seed + index))));
  return wrong;
}

function frameOf(value: unknown, random: Random): string | Buffer {
  if (random.chance(0.7)) return JSON.stringify(value) ?? '';
  return random.pick([
    random.bytes(random.below(300)),
    Buffer.concat([Buffer.alloc(4), random.bytes(random.below(100))]),
    JSON.stringify(value)?.slice(0, random.below(20)) ?? '',
    '['.repeat(1 + random.below(3_000)),
    '',
  ]);
}
