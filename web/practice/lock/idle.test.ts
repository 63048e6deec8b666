import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIdle, isLockKey } from './idle.ts';

test('a page is idle once the minutes have passed without input, and never with 0', () => {
  assert.equal(isIdle(0, 15 * 60_000 - 1, 15), false);
  assert.equal(isIdle(0, 15 * 60_000, 15), true);
  assert.equal(isIdle(0, Number.MAX_SAFE_INTEGER, 0), false);
});

test('the lock key is Alt + Shift + L whatever letter the layout types, and nothing else', () => {
  const key = { code: 'KeyL', altKey: true, shiftKey: true, ctrlKey: false, metaKey: false };
  assert.equal(isLockKey(key), true);
  assert.equal(isLockKey({ ...key, ctrlKey: true }), false);
  assert.equal(isLockKey({ ...key, shiftKey: false }), false);
  assert.equal(isLockKey({ ...key, code: 'KeyK' }), false);
});
