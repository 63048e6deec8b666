import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesPerMinute, type Usage, usageAfter } from './usage.ts';

function after(looks: [atSeconds: number, sent: number, received: number][]): Usage {
  let usage: Usage | undefined;
  for (const [at, sentBytes, receivedBytes] of looks)
    usage = usageAfter(usage, { sentBytes, receivedBytes }, at * 1_000);
  assert.ok(usage);
  return usage;
}

test('what went through while waiting is not counted', () => {
  assert.equal(after([[0, 5_000, 7_000]]).bytes, 0);
  assert.equal(
    after([
      [0, 5_000, 7_000],
      [1, 6_000, 9_000],
    ]).bytes,
    3_000,
  );
});

test('a connection that was made anew adds to what was used before it', () => {
  const usage = after([
    [0, 0, 0],
    [1, 10_000, 10_000],
    [5, 100, 200],
    [6, 1_100, 200],
  ]);
  assert.equal(usage.bytes, 21_300);
});

test('the pace is that of the last half minute, and not told too early', () => {
  assert.equal(
    bytesPerMinute(
      after([
        [0, 0, 0],
        [1, 1_000, 0],
      ]),
    ),
    undefined,
  );
  assert.equal(
    bytesPerMinute(
      after([
        [0, 0, 0],
        [10, 100_000, 0],
      ]),
    ),
    600_000,
  );
  const calmed = after([
    [0, 0, 0],
    [10, 9_000_000, 0],
    [30, 9_100_000, 0],
    [40, 9_200_000, 0],
  ]);
  assert.equal(bytesPerMinute(calmed), 400_000);
});
