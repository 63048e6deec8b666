import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceProblems } from './device-problems.ts';

test('devices that work or are switched off are no problem', () => {
  assert.deepEqual(deviceProblems({ camera: 'on', microphone: 'on' }), []);
  assert.deepEqual(deviceProblems({ camera: 'off', microphone: 'off' }), []);
});

test('the same trouble with both devices is one card', () => {
  assert.deepEqual(deviceProblems({ camera: 'blocked', microphone: 'blocked' }), [
    { devices: 'both', trouble: 'blocked' },
  ]);
});

test('different troubles are a card each, the microphone first', () => {
  assert.deepEqual(deviceProblems({ camera: 'busy', microphone: 'missing' }), [
    { devices: 'microphone', trouble: 'missing' },
    { devices: 'camera', trouble: 'busy' },
  ]);
  assert.deepEqual(deviceProblems({ camera: 'missing', microphone: 'on' }), [
    { devices: 'camera', trouble: 'missing' },
  ]);
});
