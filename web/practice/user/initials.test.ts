import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initials } from './initials.ts';

test('titles do not count among the first letters of a name', () => {
  assert.equal(initials('Prof. Dr. Maximiliane-Charlotte von Hohenstein'), 'MH');
  assert.equal(initials('Erika'), 'E');
  assert.equal(initials('  '), '');
});
