import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hintsFor, troublesOf } from './light.ts';

test('with camera and microphone on, and nothing known against it, somebody is ready', () => {
  assert.deepEqual(troublesOf({ camera: 'on', microphone: 'on' }, 10), []);
  assert.deepEqual(troublesOf({ camera: 'on', microphone: 'on', heard: true, line: 'good' }, 10), []);
});

test('a microphone that has heard nothing is a trouble after a minute, and not before', () => {
  const readiness = { camera: 'on', microphone: 'on', heard: false } as const;
  assert.deepEqual(troublesOf(readiness, 0), []);
  assert.deepEqual(troublesOf(readiness, 1), ['microphone-silent']);
});

test('what keeps somebody from being heard comes first', () => {
  const troubles = troublesOf(
    { camera: 'missing', microphone: 'blocked', heard: false, line: 'weak', inApp: true, smallPicture: true },
    5,
  );
  assert.deepEqual(troubles, ['microphone-blocked', 'camera-missing', 'line-weak', 'in-app']);
});

test('each trouble that a sentence can lift suggests it, in the same order', () => {
  assert.deepEqual(hintsFor(['microphone-silent', 'camera-missing', 'in-app']), [
    'speak-louder',
    'other-browser',
  ]);
});
