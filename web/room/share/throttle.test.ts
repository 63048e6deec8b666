import assert from 'node:assert/strict';
import { test } from 'node:test';
import { throttle } from './throttle.ts';

test('a drag of a second sends ten or eleven messages, the first at once and the last for certain', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sent: number[] = [];
  const telling = throttle((value: number) => sent.push(value), 100);
  telling.push(0);
  assert.deepEqual(sent, [0]);
  for (let ms = 8; ms <= 1_000; ms += 8) {
    t.mock.timers.tick(8);
    telling.push(ms);
  }
  t.mock.timers.tick(1_000);
  assert.ok(sent.length <= 12, `${sent.length} messages`);
  assert.equal(sent.at(-1), 1_000);
});

test('what still waits is dropped when it is stopped', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sent: string[] = [];
  const telling = throttle((value: string) => sent.push(value), 100);
  telling.push('first');
  telling.push('second');
  telling.stop();
  t.mock.timers.tick(1_000);
  assert.deepEqual(sent, ['first']);
});
