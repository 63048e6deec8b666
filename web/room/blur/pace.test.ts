import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepPace, type Verdict } from './pace.ts';

function run(pace: ReturnType<typeof keepPace>, ms: () => number, frames = 500): Set<Verdict> {
  const said = new Set<Verdict>();
  for (let frame = 0; frame < frames; frame++) {
    const verdict = pace.add(ms());
    said.add(verdict);
    if (verdict === 'good' || verdict === 'too-slow') break;
  }
  return said;
}

test('a device that keeps up is told so after a few frames, and slow first ones do not count', () => {
  const pace = keepPace();
  let frame = 0;
  assert.deepEqual(
    run(pace, () => (frame++ < 3 ? 900 : 20), 11),
    new Set(['measuring', 'good']),
  );
  assert.equal(pace.size, 1);
});

test('a slower one gets smaller pictures until it keeps up', () => {
  const pace = keepPace();
  assert.deepEqual(
    run(pace, () => 110 * pace.size ** 2),
    new Set(['measuring', 'smaller', 'good']),
  );
  assert.equal(pace.size, 0.7);
});

test('one that is too slow even then is found out within half a hundred frames', () => {
  const pace = keepPace();
  assert.ok(run(pace, () => 150, 50).has('too-slow'));
});

test('one that becomes slow while it is hot goes smaller later on, and a single hiccup is nothing', () => {
  const pace = keepPace();
  run(pace, () => 20);
  let frame = 0;
  assert.ok(!run(pace, () => (frame++ % 10 === 0 ? 400 : 20)).has('smaller'));
  assert.ok(run(pace, () => 90 * pace.size).has('smaller'));
});
