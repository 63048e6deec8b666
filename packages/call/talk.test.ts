import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Talk, type TalkPeer } from './talk.ts';

const peer: TalkPeer = { id: 'host', send: () => true, bulk: undefined };
const arrow = { kind: 'arrow', arrow: null } as const;

test('what comes for a feature that is not loaded yet is kept for it, and it is asked for', () => {
  const talk = new Talk(() => [peer]);
  const asked: string[] = [];
  talk.onUnheard((kind) => asked.push(kind));
  talk.handle(arrow, peer);
  assert.deepEqual(asked, ['arrow']);
  const heard: unknown[] = [];
  talk.hear('arrow', (message) => heard.push(message));
  assert.deepEqual(heard, [arrow]);
  talk.handle(arrow, peer);
  assert.deepEqual(heard, [arrow, arrow]);
});

test('one who begins to listen is told of what came before', () => {
  const talk = new Talk(() => [peer]);
  talk.handle(arrow, peer);
  const asked: string[] = [];
  talk.onUnheard((kind) => asked.push(kind));
  assert.deepEqual(asked, ['arrow']);
});

test('a flood for a feature that never loads is not kept', () => {
  const talk = new Talk(() => [peer]);
  for (let count = 0; count < 1_000; count += 1) talk.handle(arrow, peer);
  let heard = 0;
  talk.hear('arrow', () => (heard += 1));
  assert.equal(heard, 32);
});

test('what was kept in one consultation is not for the next', () => {
  const talk = new Talk(() => [peer]);
  talk.handle(arrow, peer);
  talk.forget();
  talk.hear('arrow', () => assert.fail());
});

test('telling everybody says whether anybody could be reached', () => {
  const deaf: TalkPeer = { ...peer, send: () => false };
  assert.equal(new Talk(() => [deaf, peer]).tell(arrow), true);
  assert.equal(new Talk(() => [deaf]).tell(arrow), false);
  assert.equal(new Talk(() => []).tell(arrow), false);
});
