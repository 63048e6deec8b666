import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Found, summarise } from './summary.ts';

const allGood: Found = {
  readiness: { camera: 'on', microphone: 'on' },
  asking: false,
  isSmall: false,
  heard: true,
  toneHeard: true,
  verdict: 'good',
};
const words = (found: Partial<Found>) =>
  Object.fromEntries(summarise({ ...allGood, ...found }).items.map(({ what, word }) => [what, word]));

test('with everything seen and heard the person is ready', () => {
  assert.equal(summarise(allGood).overall, 'ready');
  assert.equal(summarise({ ...allGood, verdict: 'fair', isSmall: true }).overall, 'ready');
});

test('a microphone that is on has proved nothing before it has heard a voice', () => {
  assert.equal(summarise({ ...allGood, heard: false }).overall, 'open');
  assert.equal(words({ heard: false })['microphone'], 'silent');
});

test('a line that could not be tested is promised to nobody', () => {
  assert.equal(summarise({ ...allGood, verdict: 'unknown' }).overall, 'mostly');
});

test('an unanswered question and a running test are still to do, and no problem', () => {
  const summary = summarise({ ...allGood, toneHeard: undefined, verdict: undefined });
  assert.equal(summary.overall, 'open');
  assert.deepEqual(
    summary.items.map(({ tone }) => tone),
    ['good', 'good', 'open', 'open'],
  );
});

test('a blocked camera, a tone that was not heard and a network without a way are problems', () => {
  for (const found of [
    { readiness: { camera: 'blocked', microphone: 'on' } },
    { toneHeard: false },
    { verdict: 'none' },
  ] as Partial<Found>[]) {
    assert.equal(summarise({ ...allGood, ...found }).overall, 'problems');
  }
});
