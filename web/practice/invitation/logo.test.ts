import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentBox, fittingSize } from './logo.ts';

/** A picture drawn in characters: `.` white, ` ` transparent, `#` black. */
function picture(...rows: string[]) {
  const colours: Record<string, number[]> = {
    '.': [255, 250, 255, 255],
    ' ': [0, 0, 0, 0],
    '#': [0, 0, 0, 255],
  };
  const data = rows.flatMap((row) => row.split('').flatMap((pixel) => colours[pixel] ?? []));
  return { data: new Uint8ClampedArray(data), width: rows[0]?.length ?? 0, height: rows.length };
}

test('white and transparent edges of a logo are cut off', () => {
  assert.deepEqual(contentBox(picture('......', '..#.  ', '.#.#  ', '......')), {
    left: 1,
    top: 1,
    width: 3,
    height: 2,
  });
});

test('an empty picture stays whole', () => {
  assert.deepEqual(contentBox(picture('.. ', ' ..')), { left: 0, top: 0, width: 3, height: 2 });
});

test('a logo is made to fit and never larger', () => {
  assert.deepEqual(fittingSize({ width: 1440, height: 100 }), { width: 720, height: 50 });
  assert.deepEqual(fittingSize({ width: 100, height: 520 }), { width: 50, height: 260 });
  assert.deepEqual(fittingSize({ width: 10, height: 20 }), { width: 10, height: 20 });
  assert.deepEqual(fittingSize({ width: 1, height: 9_999 }), { width: 1, height: 260 });
});
