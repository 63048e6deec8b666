import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isolate } from './isolate.ts';

test('a name from right to left is kept apart from the sentence around it', () => {
  assert.equal(isolate('سارة الأحمد'), '\u2068سارة الأحمد\u2069');
});

test('any other name stays as it is', () => {
  assert.equal(isolate('Łukasz Müller-Nguyễn'), 'Łukasz Müller-Nguyễn');
  assert.equal(isolate('Ольга Петрова'), 'Ольга Петрова');
});
