import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createLog } from '../http/log.ts';
import { startTestRedis, type TestRedis } from '../testing/test-redis.ts';
import { type Bus, openBus } from './bus.ts';

const beatMs = 100;
let redis: TestRedis;
let namespaces = 0;

before(async () => {
  redis = await startTestRedis();
});
after(() => redis.close());

type Heard = { messages: string[]; gaps: number; gone: string[]; watched: string[]; log: string[] };

async function open(t: TestContext, namespace: string, url = redis.url): Promise<{ bus: Bus; heard: Heard }> {
  const heard: Heard = { messages: [], gaps: 0, gone: [], watched: [], log: [] };
  const log = createLog('debug', { write: (line) => heard.log.push(line) });
  const bus = openBus(log, { redisUrl: url, namespace, beatMs });
  t.after(() => bus.close());
  bus.attend({
    onMessage: (from, message) =>
      heard.messages.push(`${from === bus.id ? 'own' : 'other'} ${message.toString()}`),
    onGap: () => heard.gaps++,
    watched: () => heard.watched,
    onGone: (instance) => heard.gone.push(instance),
  });
  await until(() => bus.isUp());
  return { bus, heard };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'it did not come to that');
    await delay(10);
  }
}

const newNamespace = () => `test ${++namespaces}`;

test('messages reach the one they are for, in order, and broadcasts everybody else', async (t) => {
  const namespace = newNamespace();
  const [a, b, c] = [await open(t, namespace), await open(t, namespace), await open(t, namespace)];
  const told: string[] = [];
  for (const { bus } of [a, b, c]) bus.onBroadcast('topic', (text) => told.push(`${bus.id} ${text}`));
  for (let number = 0; number < 1_000; number++) a.bus.send(b.bus.id, Buffer.from(String(number)));
  a.bus.broadcast('topic', 'Grüße');
  a.bus.broadcast('nobody listens to this', 'x');
  await until(() => b.heard.messages.length === 1_000 && told.length === 2);
  assert.deepEqual(
    b.heard.messages,
    Array.from({ length: 1_000 }, (_, number) => `other ${number}`),
  );
  assert.deepEqual(told.toSorted(), [`${b.bus.id} Grüße`, `${c.bus.id} Grüße`].toSorted());
  assert.deepEqual(c.heard.messages, []);
});

test('installations that share a Redis hear nothing of each other', async (t) => {
  const [a, b] = [await open(t, newNamespace()), await open(t, newNamespace())];
  a.bus.send(b.bus.id, Buffer.from('for nobody'));
  a.bus.broadcast('topic', 'x');
  assert.deepEqual(await a.bus.claim(['key']), [a.bus.id]);
  assert.deepEqual(await b.bus.claim(['key']), [b.bus.id]);
  assert.deepEqual(b.heard.messages, []);
});

test('a key has one owner, until it is given back or its owner is gone', async (t) => {
  const namespace = newNamespace();
  const [a, b] = [await open(t, namespace), await open(t, namespace)];
  const claims = await Promise.all([a.bus.claim(['k', 'l']), b.bus.claim(['k', 'l']), a.bus.claim(['k'])]);
  assert.equal(new Set(claims.map(([owner]) => owner)).size, 1);
  assert.deepEqual(await b.bus.ownersOf(['k', 'nobody’s']), [claims[0][0], undefined]);
  a.bus.release(['k']);
  b.bus.release(['k']);
  assert.deepEqual(await b.bus.claim(['k']), [b.bus.id]);
  assert.deepEqual(await a.bus.claim(['k']), [b.bus.id]);

  await b.bus.retire();
  assert.deepEqual(await a.bus.ownersOf(['k']), [undefined]);
  assert.deepEqual(await a.bus.claim(['k']), [a.bus.id]);
});

test('who watches an instance learns that it is gone, though it says nothing', async (t) => {
  const namespace = newNamespace();
  const [a, b] = [await open(t, namespace), await open(t, namespace)];
  a.heard.watched.push(b.bus.id);
  await delay(6 * beatMs);
  assert.deepEqual(a.heard.gone, []);
  await b.bus.retire();
  await until(() => a.heard.gone.length > 0);
  assert.equal(a.heard.gone[0], b.bus.id);
});

test('a Redis that dies and comes back empty leaves a gap on every side, and they find each other again', async (t) => {
  const namespace = newNamespace();
  let own = await startTestRedis();
  const port = Number(new URL(own.url).port);
  const [a, b] = [await open(t, namespace, own.url), await open(t, namespace, own.url)];
  assert.deepEqual([a.heard.gaps, b.heard.gaps], [1, 1]);
  await own.close();
  await until(() => !a.bus.isUp() && !b.bus.isUp());
  await assert.rejects(a.bus.claim(['k']));
  await assert.rejects(a.bus.ownersOf(['k']));
  a.bus.send(b.bus.id, Buffer.from('lost'));
  own = await startTestRedis({ port });
  t.after(() => own.close());
  await until(() => a.heard.gaps === 2 && b.heard.gaps === 2);
  a.bus.send(b.bus.id, Buffer.from('after'));
  await until(() => b.heard.messages.length > 0);
  assert.deepEqual(b.heard.messages, ['other after']);
  assert.ok(
    a.heard.log.filter((line) => line.includes('Redis is away')).length <= 2,
    'it is not said at every attempt',
  );
  assert.doesNotMatch(a.heard.log.join(''), new RegExp(String(port)));
});

test('a Redis that hangs is noticed, though its connections stay', async (t) => {
  const own = await startTestRedis();
  t.after(() => own.close());
  const { bus, heard } = await open(t, newNamespace(), own.url);
  process.kill(own.pid, 'SIGSTOP');
  await until(() => !bus.isUp());
  process.kill(own.pid, 'SIGCONT');
  await until(() => heard.gaps === 2);
});

test('an instance that opens while Redis is away is there as soon as Redis is', async (t) => {
  const first = await startTestRedis();
  const port = Number(new URL(first.url).port);
  await first.close();
  const opening = open(t, newNamespace(), first.url);
  await delay(300);
  const second = await startTestRedis({ port });
  t.after(() => second.close());
  await opening;
});

test('it closes while Redis is away', async () => {
  const own = await startTestRedis();
  const bus = openBus(createLog('silent'), { redisUrl: own.url, namespace: newNamespace(), beatMs });
  await until(() => bus.isUp());
  await own.close();
  await until(() => !bus.isUp());
  await bus.retire();
  await bus.close();
});

test('a message that makes its reader fail ends nothing', async (t) => {
  const namespace = newNamespace();
  const [a, b] = [await open(t, namespace), await open(t, namespace)];
  b.bus.attend({
    onMessage: (_, message) => {
      if (message.toString() === 'bad') throw new TypeError('of a person');
      b.heard.messages.push(message.toString());
    },
    onGap: () => {},
    watched: () => [],
    onGone: () => {},
  });
  a.bus.send(b.bus.id, Buffer.from('bad'));
  a.bus.send(b.bus.id, Buffer.from('good'));
  await until(() => b.heard.messages.length === 1);
  assert.match(b.heard.log.join(''), /not understood/);
  assert.doesNotMatch(b.heard.log.join(''), /of a person/);
});
