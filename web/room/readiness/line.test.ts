import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf } from './line.ts';

test('nothing is said about a line before it has been looked at three times', () => {
  assert.equal(lineOf([]), undefined);
  assert.equal(lineOf([20, 30]), undefined);
});

test('one late answer is nothing, two of three are a weak line, and it recovers', () => {
  assert.equal(lineOf([30, 1_900, 40]), 'good');
  assert.equal(lineOf([30, 900, Infinity]), 'weak');
  assert.equal(lineOf([900, Infinity, 30, 40]), 'good');
});
