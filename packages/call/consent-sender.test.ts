import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openConsent } from '@sprechzimmer/crypto/consent.ts';
import { invitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ClientMessage } from '@sprechzimmer/protocol/signalling.ts';
import { type Consent, ConsentSender } from './consent-sender.ts';
import { settle } from './testing/settle.ts';

const psk = new Uint8Array(32).fill(7);
const id = invitationId.parse('00000000-0000-4000-8000-000000000001');
const answer = (given: boolean): Consent => ({
  given,
  at: '2026-11-26T09:00:00.000Z',
  textHash: 'A'.repeat(43),
});

function setUp() {
  mock.timers.enable({ apis: ['setInterval'] });
  const sent: ClientMessage[] = [];
  const sender = new ConsentSender(psk, (message) => void sent.push(message));
  return { sender, sent };
}

async function opened(message: ClientMessage | undefined): Promise<unknown> {
  assert.ok(message?.kind === 'consent');
  return openConsent(psk, fromBase64url(message.sealed));
}

afterEach(() => mock.timers.reset());

test('an answer goes to the server sealed, with the invitation that the server named', async () => {
  const { sender, sent } = setUp();
  sender.set(answer(true));
  await settle();
  assert.deepEqual(sent, []);
  sender.handleJoined(id);
  await settle();
  assert.deepEqual(await opened(sent[0]), { ...answer(true), invitationId: id });
  sender.close();
});

test('it is said again until it is kept, also on a new socket, and then no more', async () => {
  const { sender, sent } = setUp();
  sender.handleJoined(id);
  sender.set(answer(true));
  await settle();
  mock.timers.tick(10_000);
  await settle();
  sender.handleJoined(id);
  await settle();
  assert.equal(sent.length, 3);
  sender.handleKept();
  mock.timers.tick(60_000);
  sender.handleJoined(id);
  await settle();
  assert.equal(sent.length, 3);
  sender.close();
});

test('a second answer waits for the first to be kept, and is never taken for it', async () => {
  const { sender, sent } = setUp();
  sender.handleJoined(id);
  sender.set(answer(true));
  sender.set(answer(false));
  await settle();
  assert.equal(sent.length, 1);
  sender.handleKept();
  await settle();
  assert.equal(sent.length, 2);
  assert.deepEqual(await opened(sent[1]), { ...answer(false), invitationId: id });
  sender.handleKept();
  mock.timers.tick(10_000);
  await settle();
  assert.equal(sent.length, 2);
  sender.close();
});
