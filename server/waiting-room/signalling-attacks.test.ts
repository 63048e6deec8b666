import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import { maxFrameBytes } from '@sprechzimmer/protocol/signalling.ts';
import {
  addInvitation,
  addPractitioner,
  frame,
  newPlace,
  startTestSignalling,
  type TestPractitioner,
  type TestSignalling,
  type TestSocket,
} from '../testing/test-signalling.ts';

let signalling: TestSignalling;
let practitioner: TestPractitioner;
let steady: Awaited<ReturnType<typeof startSteadyPair>>;

before(async () => {
  signalling = await startTestSignalling({ limits: { greetingMs: 400 } });
  practitioner = await addPractitioner(signalling.context);
  steady = await startSteadyPair();
});
after(async () => {
  await steady.stop();
  await signalling.close();
});
afterEach(() => steady.assertRelaying());

/** Host and participant of another practice, who talk all the time: none of the attacks may reach them. */
async function startSteadyPair() {
  const doctor = await addPractitioner(signalling.context);
  const host = await signalling.host(doctor);
  const guest = await signalling.join(await addInvitation(signalling.context, doctor));
  const { connection } = await host.socket.next('arrived');
  const talk = { rounds: 0, isStopped: false };

  async function keepTalking(): Promise<void> {
    while (!talk.isStopped) {
      const question = randomBytes(200);
      guest.socket.send(frame(0, question));
      assert.deepEqual(await host.socket.nextFrame(), frame(connection, question));
      host.socket.send(frame(connection, question));
      assert.deepEqual(await guest.socket.nextFrame(), frame(0, question));
      talk.rounds++;
      await delay(20);
    }
  }
  const talking = keepTalking();
  return {
    /** Throws what disturbed them, or when they no longer hear each other. */
    async assertRelaying() {
      const { rounds } = talk;
      const deadlineMs = performance.now() + 3_000;
      while (talk.rounds < rounds + 2) {
        assert.ok(performance.now() < deadlineMs, 'the relay stands still');
        await Promise.race([talking, delay(10)]);
      }
    },
    async stop() {
      talk.isStopped = true;
      await talking;
    },
  };
}

async function waiting(): Promise<TestSocket> {
  return (await signalling.join(await addInvitation(signalling.context, practitioner))).socket;
}

async function hosting(): Promise<TestSocket> {
  return (await signalling.host(await addPractitioner(signalling.context))).socket;
}

async function fresh(): Promise<TestSocket> {
  return signalling.connect();
}

const join = { kind: 'join', v: 1, locator: newPlace(), place: newPlace() } as const;
const host = { kind: 'host', v: 1, ticket: randomBytes(32).toString('base64url') } as const;

type Attack = {
  name: string;
  as: () => Promise<TestSocket>;
  code: number;
  play: (socket: TestSocket) => void;
};

const { malformed, outOfOrder, flood, tooLarge, idle } = closeCodes;
const attacks: Attack[] = [
  { name: 'text that is no JSON', as: waiting, code: malformed, play: (socket) => socket.send('{"kind":') },
  { name: 'JSON that is no message', as: waiting, code: malformed, play: (socket) => socket.send('[null]') },
  { name: 'JSON a thousand levels deep', as: fresh, code: malformed, play: (s) => s.send('['.repeat(9_000)) },
  { name: 'an unknown kind', as: fresh, code: malformed, play: (s) => s.send('{"kind":"__proto__"}') },
  {
    name: 'another version',
    as: fresh,
    code: malformed,
    play: (s) => s.send(JSON.stringify({ ...join, v: 2 })),
  },
  {
    name: 'a locator that is too short',
    as: fresh,
    code: malformed,
    play: (s) => s.say({ ...join, locator: 'AA' }),
  },
  { name: 'a frame without payload', as: waiting, code: malformed, play: (s) => s.send(frame(0, '')) },
  { name: 'a frame of one byte', as: hosting, code: malformed, play: (s) => s.send(Buffer.from([7])) },
  { name: 'a frame before joining', as: fresh, code: outOfOrder, play: (s) => s.send(frame(0, 'hello')) },
  {
    name: 'drop before joining',
    as: fresh,
    code: outOfOrder,
    play: (s) => s.say({ kind: 'drop', connection: 1 }),
  },
  { name: 'a second join', as: waiting, code: outOfOrder, play: (s) => s.say(join) },
  { name: 'a participant that would be host', as: waiting, code: outOfOrder, play: (s) => s.say(host) },
  {
    name: 'drop from a participant',
    as: waiting,
    code: outOfOrder,
    play: (s) => s.say({ kind: 'drop', connection: 1 }),
  },
  {
    name: 'two joins at once',
    as: fresh,
    code: outOfOrder,
    play: (s) => [join, join].forEach((m) => s.say(m)),
  },
  { name: 'a frame right behind the join', as: fresh, code: outOfOrder, play: (s) => joinAndSend(s) },
  {
    name: 'a frame to a number of another room',
    as: hosting,
    code: outOfOrder,
    play: (s) => s.send(frame(1, 'hello')),
  },
  { name: 'a frame to number 0', as: hosting, code: outOfOrder, play: (s) => s.send(frame(0, 'hello')) },
  {
    name: 'garbage bytes from a host',
    as: hosting,
    code: outOfOrder,
    play: (s) => s.send(Buffer.alloc(3_000, 0xf7)),
  },
  {
    name: 'dropping a number of another room',
    as: hosting,
    code: outOfOrder,
    play: (s) => s.say({ kind: 'drop', connection: 1 }),
  },
  {
    name: 'an oversized frame',
    as: waiting,
    code: tooLarge,
    play: (s) => s.send(Buffer.alloc(maxFrameBytes + 1)),
  },
  { name: 'an oversized text', as: fresh, code: tooLarge, play: (s) => s.send(' '.repeat(5_000_000)) },
  {
    name: 'a flood of frames',
    as: waiting,
    code: flood,
    play: (s) => repeat(2_000, () => s.send(frame(0, 'x'))),
  },
  {
    name: 'a flood of bytes',
    as: waiting,
    code: flood,
    play: (s) => repeat(30, () => s.send(frame(0, Buffer.alloc(32_000)))),
  },
  {
    name: 'a flood of messages',
    as: fresh,
    code: flood,
    play: (s) => repeat(2_000, () => s.say({ kind: 'ping' })),
  },
  {
    name: 'a flood from a host',
    as: hosting,
    code: flood,
    play: (s) => repeat(2_000, () => s.say({ kind: 'ping' })),
  },
  { name: 'pings in quick succession', as: waiting, code: flood, play: (s) => pingOnEachPong(s) },
  // ws itself cuts the line of one that does not wait for its pongs.
  { name: 'a flood of pings', as: waiting, code: 1006, play: (s) => repeat(2_000, () => s.raw.ping()) },
  { name: 'a flood of pongs', as: waiting, code: flood, play: (s) => repeat(2_000, () => s.raw.pong()) },
  { name: 'a socket that never says who it is', as: fresh, code: idle, play: () => {} },
  { name: 'a frame in a thousand pieces', as: waiting, code: 1008, play: (s) => sendInPieces(s) },
  {
    name: 'text that is not UTF-8',
    as: waiting,
    code: 1007,
    play: (s) => s.raw.send(Buffer.from([0xff, 0xfe]), { binary: false }),
  },
];

for (const { name, as, code, play } of attacks) {
  test(`${name} ends that socket with ${code}, and nobody else's`, async () => {
    const socket = await as();
    play(socket);
    assert.equal(await socket.closed(), code);
  });
}

function joinAndSend(socket: TestSocket): void {
  socket.say(join);
  socket.send(frame(0, 'hello'));
}

function pingOnEachPong(socket: TestSocket): void {
  socket.raw.on('pong', () => socket.raw.ping());
  socket.raw.ping();
}

function sendInPieces(socket: TestSocket): void {
  repeat(1_000, () => socket.raw.send(Buffer.from('x'), { binary: true, fin: false }));
}

function repeat(times: number, action: () => void): void {
  for (let i = 0; i < times; i++) action();
}

test('what a socket sends after its end is not heard', async () => {
  const doctor = await addPractitioner(signalling.context);
  const host = await signalling.host(doctor);
  const { socket } = await signalling.join(await addInvitation(signalling.context, doctor));
  await host.socket.next('arrived');
  socket.send('nonsense');
  socket.send(frame(0, 'too late'));
  assert.equal(await socket.closed(), malformed);
  await host.socket.next('left');
  assert.deepEqual(await host.socket.rest(), []);
});

test('whoever does not read what it is sent is cut off, and the one who writes to it is not', async () => {
  const generous = await startTestSignalling({ limits: { burstTokens: 1e6, maxUnreadBytes: 100_000 } });
  try {
    const doctor = await addPractitioner(generous.context);
    const host = await generous.host(doctor);
    const { socket } = await generous.join(await addInvitation(generous.context, doctor));
    const { connection } = await host.socket.next('arrived');
    socket.raw.pause();
    repeat(1_000, () => host.socket.send(frame(connection, Buffer.alloc(32_000))));
    await host.socket.next('left');
    assert.deepEqual(await host.socket.rest(), []);
  } finally {
    await generous.close();
  }
});
