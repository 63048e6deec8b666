import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cornerTowards, nearestCorner, nextCorner } from './corners.ts';

const stage = { left: 100, top: 50, width: 400, height: 600 };
const at = (left: number, top: number) => ({ left, top, width: 90, height: 120 });

test('a picture that is let go lies in the nearest corner, also when it was dragged past the edge', () => {
  assert.equal(nearestCorner(at(110, 60), stage), 'start-top');
  assert.equal(nearestCorner(at(400, 500), stage), 'end-bottom');
  assert.equal(nearestCorner(at(-300, 900), stage), 'start-bottom');
  assert.equal(nearestCorner(at(257, 60), stage), 'end-top');
});

test('pressing turns through all four corners', () => {
  const seen = [nextCorner('end-bottom')];
  for (let i = 0; i < 3; i++) seen.push(nextCorner(seen.at(-1) ?? 'end-bottom'));
  assert.deepEqual(seen, ['end-top', 'start-top', 'start-bottom', 'end-bottom']);
});

test('arrow keys lead to the corner they point to', () => {
  assert.equal(cornerTowards('end-bottom', 'ArrowLeft'), 'start-bottom');
  assert.equal(cornerTowards('start-bottom', 'ArrowUp'), 'start-top');
  assert.equal(cornerTowards('start-top', 'ArrowUp'), 'start-top');
  assert.equal(cornerTowards('start-top', 'Enter'), undefined);
});
