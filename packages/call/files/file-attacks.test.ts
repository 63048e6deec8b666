import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hangUp, meet, until, untilState } from '../testing/file-ends.ts';
import { chunkFrame, endFrame } from './file-frame.ts';
import type { FileStore } from './file-store.ts';
import { chunkBytes, maxBacklogBytes, maxWindowBytes } from './limits.ts';
import { adjustWindow, initialWindow } from './send-window.ts';

after(hangUp);

const chunk = new Uint8Array(chunkBytes);

/** A page that is not ours, which has offered a file of this size and been accepted. */
async function acceptedStranger(size: number, store?: FileStore) {
  const ends = await meet(store ? { b: { store } } : {});
  ends.a.exchange.close();
  ends.toB.send({ kind: 'offer', id: 1, name: 'a.bin', size });
  const { key } = await untilState(ends.b.exchange, 'offered');
  await ends.b.exchange.accept(key);
  return ends;
}

/** Takes blocks and never has them stored. */
const stuckStore: FileStore = {
  open: async () => ({
    write: () => new Promise(() => {}),
    finish: async () => new Blob(),
    discard: async () => {},
  }),
  close: async () => {},
};

const breaches: Record<string, (send: (data: Uint8Array<ArrayBuffer> | string) => void) => void> = {
  'sends data of a file that was never offered': (send) => send(chunkFrame(99, chunk)),
  'sends more than it announced': (send) => {
    for (let sent = 0; sent < 4; sent += 1) send(chunkFrame(1, chunk));
  },
  'sends crumbs': (send) => send(chunkFrame(1, chunk.subarray(0, 1))),
  'sends too much at once': (send) => send(chunkFrame(1, new Uint8Array(chunkBytes + 1))),
  'sends text': (send) => send('x'.repeat(60_000)),
  'sends nothing': (send) => send(new Uint8Array()),
  'ends a file twice': (send) => {
    for (let sent = 0; sent < 3; sent += 1) send(chunkFrame(1, chunk));
    send(endFrame(1, new Uint8Array(32)));
    send(endFrame(1, new Uint8Array(32)));
  },
};

for (const [what, attack] of Object.entries(breaches)) {
  test(`whoever ${what} is cut off`, async () => {
    const { a, b } = await acceptedStranger(3 * chunkBytes);
    attack((data) => a.channel.send(data));
    const { state } = await untilState(b.exchange, 'failed');
    assert.deepEqual(state, { kind: 'failed', why: 'cut-off' });
    assert.equal(b.channel.readyState, 'closed');
  });
}

test('whoever sends before anything was accepted is cut off', async () => {
  const { a, b, toB } = await meet();
  toB.send({ kind: 'offer', id: 1, name: 'a.bin', size: chunkBytes });
  await untilState(b.exchange, 'offered');
  a.channel.send(chunkFrame(1, chunk));
  assert.deepEqual((await untilState(b.exchange, 'failed')).state, { kind: 'failed', why: 'cut-off' });
});

test('whoever sends without waiting for acknowledgements is cut off before memory runs out', async () => {
  const { a, b } = await acceptedStranger(200_000_000, stuckStore);
  let taken = 0;
  const take = b.channel.take.bind(b.channel);
  b.channel.take = (data) => {
    if (b.channel.readyState === 'open') taken += data.length;
    take(data);
  };
  for (let sent = 0; sent < 190_000_000; sent += chunkBytes) {
    if (a.channel.readyState !== 'open') break;
    a.channel.send(chunkFrame(1, chunk));
    if (sent % (64 * chunkBytes) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await untilState(b.exchange, 'failed');
  assert.ok(taken <= maxBacklogBytes + 4 * maxWindowBytes, `${taken} bytes were taken`);
});

test('whoever goes on and on after a cancel is cut off', async () => {
  const { a, b } = await acceptedStranger(200_000_000);
  b.exchange.cancel(b.exchange.transfers[0]!.key);
  for (let sent = 0; sent <= 2 * maxWindowBytes; sent += chunkBytes) a.channel.send(chunkFrame(1, chunk));
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(b.channel.readyState, 'closed');
});

test('whoever goes on sending after the end of the consultation finds the channel closed', async () => {
  const { a, b } = await acceptedStranger(200_000_000);
  b.exchange.close();
  assert.equal(b.channel.readyState, 'open');
  for (let sent = 0; sent < 10; sent += 1)
    if (a.channel.readyState === 'open') a.channel.send(chunkFrame(1, chunk));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(b.channel.readyState, 'closed');
});

test('a file that ends too early is damaged', async () => {
  const { a, b } = await acceptedStranger(3 * chunkBytes);
  a.channel.send(chunkFrame(1, chunk));
  a.channel.send(endFrame(1, new Uint8Array(32)));
  assert.deepEqual((await untilState(b.exchange, 'failed')).state, { kind: 'failed', why: 'damaged' });
});

test('acknowledgements of what was never sent change nothing', async () => {
  const { a, b, toA } = await meet();
  a.exchange.offer([{ name: 'a.bin', content: new Blob([new Uint8Array(3_000_000)]) }]);
  const { key } = await untilState(b.exchange, 'offered');
  toA.send({ kind: 'ack', heldMs: 0, files: [{ id: 12, bytes: 5 }] });
  await b.exchange.accept(key);
  const [, id] = key.split(' ');
  toA.send({ kind: 'ack', heldMs: 0, files: [{ id: Number(id), bytes: 999_999_999 }] });
  await untilState(b.exchange, 'done');
  assert.ok(a.exchange.transfers.every(({ state }) => state.kind !== 'running' || state.bytes <= 3_000_000));
});

test('a receiver that cannot store as fast holds the sender back, and keeps little in memory', async () => {
  let inMemory = 0;
  let most = 0;
  const slow: FileStore = {
    open: async () => ({
      write: async (block) => {
        await new Promise((resolve) => setTimeout(resolve, 8));
        inMemory -= block.length;
      },
      finish: async () => new Blob(),
      discard: async () => {},
    }),
    close: async () => {},
  };
  const { a, b } = await meet({ b: { store: slow } });
  const take = b.channel.take.bind(b.channel);
  b.channel.take = (data) => {
    inMemory += data.length;
    most = Math.max(most, inMemory);
    take(data);
  };
  a.exchange.offer([{ name: 'a.bin', content: new Blob([new Uint8Array(60_000_000)]) }]);
  await b.exchange.accept((await untilState(b.exchange, 'offered')).key);
  await until(b.exchange, () => b.exchange.transfers[0]?.state.kind === 'done');
  assert.ok(most < maxBacklogBytes + maxWindowBytes + 3_000_000, `${most} bytes at once`);
});

test('the window grows on a calm line, shrinks where messages queue, and stays within its bounds', () => {
  let window = initialWindow;
  for (let acks = 0; acks < 100; acks += 1) window = adjustWindow(window, 30);
  assert.equal(window.bytes, maxWindowBytes);
  for (let acks = 0; acks < 100; acks += 1) window = adjustWindow(window, 300);
  assert.equal(window.bytes, 4 * chunkBytes);
  for (let acks = 0; acks < 400; acks += 1) window = adjustWindow(window, 300);
  assert.ok(window.bytes > 4 * chunkBytes, 'a way that has become longer for good is learnt');
});

test('a busy processor, which delays some messages, does not shrink the window', () => {
  let window = initialWindow;
  for (let acks = 0; acks < 200; acks += 1) window = adjustWindow(window, acks % 3 === 0 ? 25 : 400);
  assert.equal(window.bytes, maxWindowBytes);
});
