import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrowOf, arrowOutline } from './arrow.ts';

const area = { x: 0, y: 100, width: 1000, height: 500 };

test('a stroke is an arrow from where it began to where it ended', () => {
  assert.deepEqual(arrowOf({ x: 100, y: 150 }, { x: 500, y: 350 }, area), {
    from: { x: 0.1, y: 0.1 },
    to: { x: 0.5, y: 0.5 },
  });
});

test('a tap is an arrow that points there from the middle of the picture', () => {
  const { from, to } = arrowOf({ x: 999, y: 351 }, { x: 1000, y: 350 }, area);
  assert.deepEqual(to, { x: 1, y: 0.5 });
  assert.ok(from.x < 0.95 && Math.abs(from.y - 0.5) < 1e-9);
  const middle = arrowOf({ x: 500, y: 350 }, { x: 500, y: 350 }, area);
  assert.ok(middle.from.x > middle.to.x && middle.from.y > middle.to.y);
});

test('its tip is the place that is meant, however short the arrow is on this page', () => {
  const arrow = { from: { x: 0.1, y: 0.5 }, to: { x: 0.5, y: 0.5 } };
  assert.ok(arrowOutline(arrow, area).startsWith('500.0,350.0 '));
  const small = arrowOutline(arrow, { x: 0, y: 0, width: 20, height: 10 });
  assert.ok(small.startsWith('10.0,5.0 '));
  assert.doesNotMatch(small, /NaN/);
  assert.doesNotMatch(arrowOutline({ from: arrow.to, to: arrow.to }, area), /NaN/);
});
