import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { randomBytes } from '@sprechzimmer/crypto/bytes.ts';
import { type End, hangUp, meet, until, untilState } from '../testing/file-ends.ts';
import { blockBytes, chunkBytes, maxFileBytes } from './limits.ts';

after(hangUp);

/** Web Crypto gives 64 KiB of randomness at once. */
function content(size: number): Blob {
  const parts = Array.from({ length: Math.ceil(size / 65_536) }, (_, index) =>
    randomBytes(Math.min(65_536, size - index * 65_536)),
  );
  return new Blob(parts);
}

async function acceptFrom(end: End, name?: string) {
  const { key } = await untilState(end.exchange, 'offered', name);
  await end.exchange.accept(key);
}

async function received(end: End, name?: string): Promise<Buffer> {
  const { state } = await untilState(end.exchange, 'done', name);
  assert.ok(state.kind === 'done' && state.content);
  return Buffer.from(await state.content.arrayBuffer());
}

for (const size of [0, 1, chunkBytes, chunkBytes + 1, blockBytes, 5 * blockBytes + 12_345]) {
  test(`a file of ${size} bytes arrives as it was, and both ends are told`, async () => {
    const { a, b } = await meet();
    const file = content(size);
    a.exchange.offer([{ name: 'befund.pdf', content: file }]);
    await acceptFrom(b);
    assert.deepEqual(await received(b), Buffer.from(await file.arrayBuffer()));
    await untilState(a.exchange, 'done');
  });
}

test('nothing is sent before it was accepted', async () => {
  const { a, b } = await meet();
  a.exchange.offer([{ name: 'a.bin', content: content(100_000) }]);
  await untilState(b.exchange, 'offered');
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(a.channel.sentBytes, 0);
});

test('several files go both ways at once', async () => {
  const { a, b } = await meet();
  const files = ['1.bin', '2.bin', '3.bin'].map((name) => ({ name, content: content(2_000_000) }));
  a.exchange.offer(files);
  b.exchange.offer(files);
  for (const end of [a, b]) {
    const offered = () => end.exchange.transfers.filter(({ direction }) => direction === 'in');
    await until(end.exchange, () => offered().length === 3);
    await Promise.all(offered().map(({ key }) => end.exchange.accept(key)));
  }
  for (const end of [a, b]) {
    await until(end.exchange, () => end.exchange.transfers.every(({ state }) => state.kind === 'done'));
    for (const { direction, name, state } of end.exchange.transfers) {
      if (direction === 'out') continue;
      assert.ok(state.kind === 'done' && state.content);
      const sent = files.find((file) => file.name === name)!.content;
      assert.deepEqual(await state.content.arrayBuffer(), await sent.arrayBuffer());
    }
  }
});

test('who declines gets nothing, and the other is told', async () => {
  const { a, b } = await meet();
  a.exchange.offer([{ name: 'a.bin', content: content(10) }]);
  b.exchange.decline((await untilState(b.exchange, 'offered')).key);
  await untilState(a.exchange, 'declined');
  assert.equal(a.channel.sentBytes, 0);
});

for (const [who, other] of [
  ['a', 'b'],
  ['b', 'a'],
] as const) {
  const role = who === 'a' ? 'sender' : 'receiver';
  test(`the ${role} cancels in the middle, and another file arrives all the same`, async () => {
    const ends = await meet();
    const { a, b } = ends;
    const kept = content(3_000_000);
    a.exchange.offer([{ name: 'long.bin', content: content(150_000_000) }]);
    await acceptFrom(b, 'long.bin');
    await until(b.exchange, () => b.exchange.transfers[0]?.state.kind === 'running');
    await until(b.exchange, () => {
      const state = b.exchange.transfers[0]?.state;
      return state?.kind === 'running' && state.bytes > 1_000_000;
    });
    ends[who].exchange.cancel(ends[who].exchange.transfers[0]!.key);
    const { state } = await untilState(ends[other].exchange, 'cancelled');
    assert.deepEqual(state, { kind: 'cancelled', by: 'other' });
    a.exchange.offer([{ name: 'kept.bin', content: kept }]);
    await acceptFrom(b, 'kept.bin');
    assert.deepEqual(await received(b, 'kept.bin'), Buffer.from(await kept.arrayBuffer()));
  });
}

test('a file that was changed on the way is thrown away, both are told, and it can be sent again', async () => {
  const { a, b } = await meet();
  a.exchange.offer([{ name: 'a.bin', content: content(2_000_000) }]);
  let frames = 0;
  a.channel.tamper = (data) => {
    if (++frames === 50 && typeof data !== 'string') data[100] = (data[100] ?? 0) ^ 1;
    return data;
  };
  await acceptFrom(b);
  assert.deepEqual((await untilState(b.exchange, 'failed')).state, { kind: 'failed', why: 'damaged' });
  const failed = await untilState(a.exchange, 'failed');
  assert.deepEqual(failed.state, { kind: 'failed', why: 'damaged' });
  a.exchange.sendAgain(failed.key);
  await acceptFrom(b);
  await received(b);
  await untilState(a.exchange, 'done');
});

test('a path that breaks is told on both ends, and the file can be sent again over the next one', async () => {
  const { a, b, reconnect } = await meet();
  a.exchange.offer([{ name: 'a.bin', content: content(100_000_000) }]);
  await acceptFrom(b);
  await untilState(a.exchange, 'running');
  a.channel.close();
  assert.deepEqual((await untilState(b.exchange, 'failed')).state, { kind: 'failed', why: 'path-lost' });
  const failed = await untilState(a.exchange, 'failed');
  reconnect();
  a.exchange.sendAgain(failed.key);
  await untilState(b.exchange, 'offered');
});

test('a page that came back without a word breaks the path, too', async () => {
  const { a, b, reconnect } = await meet();
  a.exchange.offer([{ name: 'a.bin', content: content(100) }]);
  await untilState(b.exchange, 'offered');
  reconnect();
  await untilState(a.exchange, 'failed');
  await untilState(b.exchange, 'failed');
});

test('a file that is too large is refused by both ends, with the reason', async () => {
  const { a, b, toB } = await meet();
  a.exchange.offer([{ name: 'film.mp4', content: { size: maxFileBytes + 1 } as Blob }]);
  assert.deepEqual(a.exchange.transfers[0]?.state, { kind: 'refused', why: 'too-large' });
  toB.send({ kind: 'offer', id: 7, name: '..\\film.mp4', size: 2 * 1024 ** 3 });
  const { name, state } = await untilState(b.exchange, 'refused');
  assert.equal(name, 'film.mp4');
  assert.deepEqual(state, { kind: 'refused', why: 'too-large' });
  assert.deepEqual(b.said, [{ kind: 'answer', id: 7, answer: 'too-large' }]);
});

test('more than twelve open offers are refused, and more than sixty a minute not even heard', async () => {
  const { b, toB } = await meet();
  for (let id = 0; id < 100; id += 1) toB.send({ kind: 'offer', id, name: 'a.bin', size: 1 });
  await until(b.exchange, () => b.exchange.transfers.length === 12);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(b.exchange.transfers.length, 12);
  assert.equal(b.said.filter(({ kind }) => kind === 'answer').length, 60 - 12);
});

test('a sender offers twelve at once, and says so of the thirteenth', async () => {
  const { a } = await meet();
  a.exchange.offer(Array.from({ length: 13 }, () => ({ name: 'a.bin', content: content(1) })));
  assert.deepEqual(a.exchange.transfers.at(-1)?.state, { kind: 'refused', why: 'too-many' });
  assert.equal(a.said.length, 12);
});

test('a file that was taken away since it was chosen is told of', async () => {
  const { a, b } = await meet();
  const gone = {
    size: 3_000_000,
    slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }),
  };
  a.exchange.offer([{ name: 'a.bin', content: gone as unknown as Blob }]);
  await acceptFrom(b);
  assert.deepEqual((await untilState(a.exchange, 'failed')).state, { kind: 'failed', why: 'unreadable' });
  await untilState(b.exchange, 'failed');
});

test('a disk that is full is told of', async () => {
  const full = {
    open: async () => ({
      write: () => Promise.reject(new Error('QuotaExceededError')),
      finish: async () => new Blob(),
      discard: async () => {},
    }),
    close: async () => {},
  };
  const { a, b } = await meet({ b: { store: full } });
  a.exchange.offer([{ name: 'a.bin', content: content(3_000_000) }]);
  await acceptFrom(b);
  assert.deepEqual((await untilState(b.exchange, 'failed')).state, { kind: 'failed', why: 'no-room' });
  assert.deepEqual((await untilState(a.exchange, 'failed')).state, { kind: 'failed', why: 'no-room' });
});

test('a photo that was asked for needs no second consent; one that was not does', async () => {
  const { a, b } = await meet({ b: { isWanted: (_, photo) => photo === 5 } });
  a.exchange.offer([{ name: 'foto.jpg', content: content(1_000), photo: 5 }]);
  const { photo } = await untilState(b.exchange, 'done');
  assert.equal(photo, true);
  a.exchange.offer([{ name: 'anderes.jpg', content: content(1_000), photo: 6 }]);
  assert.equal((await untilState(b.exchange, 'offered')).photo, false);
});

test('the end of a consultation ends what is on the way, and keeps what was received', async () => {
  const { a, b } = await meet();
  a.exchange.offer([{ name: '1.bin', content: content(1_000) }]);
  await acceptFrom(b, '1.bin');
  await received(b, '1.bin');
  a.exchange.offer([{ name: '2.bin', content: content(1_000) }]);
  await untilState(b.exchange, 'offered', '2.bin');
  b.exchange.close();
  assert.deepEqual((await untilState(a.exchange, 'cancelled', '2.bin')).state, {
    kind: 'cancelled',
    by: 'other',
  });
  assert.equal((await received(b, '1.bin')).length, 1_000);
});

test('what is over can be taken off the list, and nothing else', async () => {
  const { a, b } = await meet();
  a.exchange.offer([{ name: 'a.bin', content: content(10) }]);
  const { key } = await untilState(b.exchange, 'offered');
  b.exchange.remove(key);
  assert.equal(b.exchange.transfers.length, 1);
  b.exchange.decline(key);
  b.exchange.remove(key);
  assert.equal(b.exchange.transfers.length, 0);
});
