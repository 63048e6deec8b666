import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cropOf } from './crop.ts';

const wide = { width: 400, height: 200 };

test('without zoom the largest square is kept, around the middle', () => {
  assert.deepEqual(cropOf(wide, 1, { x: 0.5, y: 0.5 }), { left: 100, top: 0, side: 200 });
});

test('the square stays within the picture wherever it is dragged', () => {
  assert.deepEqual(cropOf(wide, 2, { x: 0, y: 0 }), { left: 0, top: 0, side: 100 });
  assert.deepEqual(cropOf(wide, 2, { x: 1, y: 1 }), { left: 300, top: 100, side: 100 });
});

test('a zoom below 1 does not ask for more than there is', () => {
  assert.equal(cropOf(wide, 0.2, { x: 0.5, y: 0.5 }).side, 200);
});
