import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { Bytes } from '@sprechzimmer/crypto/bytes.ts';
import type { Words } from '@sprechzimmer/crypto/words.ts';
import type { SealedSignal } from '@sprechzimmer/protocol/signalling.ts';
import type { InsecureReason } from './insecure.ts';
import { SecureLink } from './secure-link.ts';
import { settle } from './testing/settle.ts';

type End = {
  link: SecureLink;
  words: Words[];
  signals: SealedSignal[];
  insecure: InsecureReason[];
  sent: Bytes[];
};

type Relay = (from: 'host' | 'participant', frame: Bytes, number: number) => Bytes[];

const honest: Relay = (_from, frame) => [frame];
const offer = (text: string): SealedSignal => ({ kind: 'offer', session: 'A'.repeat(22), sdp: text });

/** Two ends and what lies between them: `relay` says what becomes of each frame. */
function connect(relay: Relay = honest, psks: [number, number] = [1, 1]): { host: End; participant: End } {
  const makeEnd = (role: 'host' | 'participant', psk: number, other: () => End): End => {
    const end: Omit<End, 'link'> = { words: [], signals: [], insecure: [], sent: [] };
    const link = new SecureLink(role, new Uint8Array(32).fill(psk), {
      send: (frame) => {
        const number = end.sent.push(frame) - 1;
        for (const relayed of relay(role, frame, number)) other().link.handleFrame(relayed);
      },
      onReady: (words) => void end.words.push(words),
      onSignal: (signal) => void end.signals.push(signal),
      onInsecure: (reason) => void end.insecure.push(reason),
    });
    return Object.assign(end, { link });
  };
  const participant: End = makeEnd('participant', psks[1], () => host);
  const host: End = makeEnd('host', psks[0], () => participant);
  return { host, participant };
}

function assertNothingToldBy(end: End): void {
  assert.equal(end.signals.length, 0, 'no signal was believed');
}

test('both ends see the same words and read each other', async () => {
  const { host, participant } = connect();
  await settle();
  assert.deepEqual(host.words, participant.words);
  assert.equal(host.words.length, 1);
  host.link.send(offer('from the host'));
  participant.link.send(offer('from the participant'));
  await settle();
  assert.deepEqual(participant.signals, [offer('from the host')]);
  assert.deepEqual(host.signals, [offer('from the participant')]);
  host.link.close();
  participant.link.close();
});

test('nothing that is sent can be read from the frames', async () => {
  const { host, participant } = connect();
  await settle();
  host.link.send(offer('a=fingerprint:sha-256 12:34'));
  await settle();
  const wire = [...host.sent, ...participant.sent]
    .map((frame) => Buffer.from(frame).toString('latin1'))
    .join();
  assert.ok(!wire.includes('fingerprint') && !wire.includes('offer') && !wire.includes('12:34'));
  host.link.close();
  participant.link.close();
});

test('an end that does not know the code gets nowhere', async () => {
  const { host, participant } = connect(honest, [1, 2]);
  await settle();
  assert.deepEqual(host.insecure, ['handshake']);
  assert.equal(participant.words.length, 0);
  participant.link.close();
});

const flipLast = (frame: Bytes): Bytes => frame.map((byte, i) => (i === frame.length - 1 ? byte ^ 1 : byte));

/** What a relay may try in the handshake; frame 0 of the host is m0, 1 is m2; frame 0 of the participant is m1. */
const handshakeAttacks: Record<string, Relay> = {
  'changes m0': (from, frame, n) => [from === 'host' && n === 0 ? flipLast(frame) : frame],
  'changes m1': (from, frame, n) => [from === 'participant' && n === 0 ? flipLast(frame) : frame],
  'changes m2': (from, frame, n) => [from === 'host' && n === 1 ? flipLast(frame) : frame],
  'replaces the key share in m1': (from, frame, n) => [
    from === 'participant' && n === 0 ? frame.map((byte, i) => (i > 2 && i < 67 ? 7 : byte)) : frame,
  ],
  'replaces the key share in m2': (from, frame, n) => [
    from === 'host' && n === 1 ? frame.map((byte, i) => (i > 2 && i < 67 ? 7 : byte)) : frame,
  ],
  'offers another suite': (_from, frame) => [Uint8Array.of(0, ...frame.slice(1))],
  'sends m2 twice': (from, frame, n) => (from === 'host' && n === 1 ? [frame, frame] : [frame]),
  'cuts every frame': (_from, frame) => [frame.slice(0, 10)],
};

for (const [attack, relay] of Object.entries(handshakeAttacks)) {
  test(`a relay that ${attack} ends the connection, and nothing is told`, async () => {
    const { host, participant } = connect(relay);
    await settle();
    host.link.send(offer('secret'));
    participant.link.send(offer('secret'));
    await settle();
    assert.ok(host.insecure.length + participant.insecure.length >= 1);
    assertNothingToldBy(host);
    assertNothingToldBy(participant);
    host.link.close();
    participant.link.close();
  });
}

const recordAttacks: Record<string, (frames: Bytes[]) => Bytes[]> = {
  'repeats a record': ([one = none, two = none]) => [one, one, two],
  'leaves a record out': ([, two = none]) => [two],
  'reorders records': ([one = none, two = none]) => [two, one],
  'changes a record': ([one = none]) => [flipLast(one)],
  'changes the suite of a record': ([one = none]) => [Uint8Array.of(9, ...one.slice(1))],
};
const none = new Uint8Array();

for (const [attack, change] of Object.entries(recordAttacks)) {
  test(`a relay that ${attack} ends the connection`, async () => {
    const held: Bytes[] = [];
    const { host, participant } = connect((from, frame, n) => {
      if (from === 'participant' || n < 2) return [frame];
      held.push(frame);
      return held.length === 2 ? change(held) : [];
    });
    await settle();
    host.link.send(offer('1'));
    host.link.send(offer('2'));
    await settle();
    assert.equal(participant.insecure.length, 1);
    assert.ok(participant.signals.length <= 1);
    host.link.close();
    participant.link.close();
  });
}

test('a record that is sent back to its sender ends the connection', async () => {
  const { host, participant } = connect();
  await settle();
  host.link.send(offer('1'));
  await settle();
  host.link.handleFrame(host.sent.at(-1) ?? none);
  await settle();
  assert.deepEqual(host.insecure, ['record']);
  participant.link.close();
});

test('a whole earlier run played back gets no further than its first message', async () => {
  const earlier = connect();
  await settle();
  earlier.host.link.close();
  earlier.participant.link.close();
  const [m0 = none, m2 = none] = earlier.host.sent;
  const { host, participant } = connect(() => []);
  participant.link.handleFrame(m0);
  participant.link.handleFrame(m2);
  await settle();
  assert.deepEqual(participant.insecure, ['handshake']);
  host.link.close();
});

test('a host that announced itself and whose next step is withheld ends as not secure', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { host, participant } = connect((from, frame, n) => (from === 'host' && n === 1 ? [] : [frame]));
    while (host.words.length === 0) await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(15_000);
    assert.deepEqual(participant.insecure, ['withheld']);
    assertNothingToldBy(participant);
    host.link.close();
  } finally {
    mock.timers.reset();
  }
});

test('a host whose window was opened anew begins again on the same link', async () => {
  const { host, participant } = connect();
  await settle();
  host.link.close();
  const again = new SecureLink('host', new Uint8Array(32).fill(1), {
    send: (frame) => participant.link.handleFrame(frame),
    onReady: () => {},
    onSignal: () => {},
    onInsecure: () => assert.fail('insecure'),
  });
  await settle();
  again.handleFrame(participant.sent.at(-1) ?? none);
  await settle();
  assert.equal(participant.words.length, 2);
  assert.equal(participant.insecure.length, 0);
  again.close();
  participant.link.close();
});

test('a link that was closed neither speaks nor hears', async () => {
  const { host, participant } = connect();
  await settle();
  participant.link.close();
  host.link.send(offer('too late'));
  await settle();
  assertNothingToldBy(participant);
  assert.equal(participant.insecure.length, 0);
  host.link.close();
});
