import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureArea, placeOf, pointOf } from './picture-area.ts';

const wide = { width: 1920, height: 1080 };

test('a wide picture on an upright page has bars above and below', () => {
  assert.deepEqual(pictureArea(wide, { width: 480, height: 640 }), { x: 0, y: 185, width: 480, height: 270 });
});

test('an upright picture on a wide page has bars beside it', () => {
  const area = pictureArea({ width: 1000, height: 2000 }, { width: 1000, height: 500 });
  assert.deepEqual(area, { x: 375, y: 0, width: 250, height: 500 });
});

test('a picture that has not come yet has no place', () => {
  assert.equal(pictureArea({ width: 0, height: 0 }, { width: 10, height: 10 }), undefined);
  assert.equal(pictureArea(wide, { width: 0, height: 10 }), undefined);
});

test('the same place in the picture is meant on pages of every shape', () => {
  const boxes = [
    { width: 1280, height: 800 },
    { width: 480, height: 640 },
    { width: 390, height: 844 },
  ];
  for (const place of [
    { x: 0, y: 0 },
    { x: 0.25, y: 0.75 },
    { x: 1, y: 1 },
  ]) {
    for (const box of boxes) {
      const area = pictureArea(wide, box)!;
      const there = placeOf(pointOf(place, area), area);
      assert.ok(Math.abs(there.x - place.x) < 1e-9 && Math.abs(there.y - place.y) < 1e-9);
    }
  }
});

test('a point on the bars is the edge of the picture', () => {
  const area = pictureArea(wide, { width: 480, height: 640 })!;
  assert.deepEqual(placeOf({ x: 240, y: 10 }, area), { x: 0.5, y: 0 });
  assert.deepEqual(placeOf({ x: 900, y: 639 }, area), { x: 1, y: 1 });
});
