import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearWebcam } from './room-window.ts';

test('the room opens in the middle of the top of the screen that the practice app is on', () => {
  assert.deepEqual(nearWebcam({ availWidth: 1_920 }), { left: 720, top: 0 });
  const beside = { availWidth: 1_280, availLeft: -1_280, availTop: 25 };
  assert.deepEqual(nearWebcam(beside), { left: -880, top: 25 });
  assert.deepEqual(nearWebcam({ availWidth: 390, availLeft: 0, availTop: 0 }), { left: 0, top: 0 });
});
