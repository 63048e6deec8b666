import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  encodingOf,
  firstPicture,
  nextPicture,
  type PictureLimits,
  type PictureSample,
  type PictureState,
  soundBitrateOf,
} from './picture-care.ts';

const alone: PictureLimits = { thrifty: false, others: 1, screen: false };
const calm: Omit<PictureSample, 'atMs'> = {
  availableBps: 4_000_000,
  lossShare: 0,
  rttMs: 40,
  cpuLimited: false,
};

type Line = Partial<PictureSample> | ((second: number, state: PictureState) => Partial<PictureSample>);

/** Lets seconds pass, and keeps what was seen in each. */
function pass(
  seconds: number,
  line: Line,
  { from = firstPicture(0), limits = alone }: { from?: PictureState; limits?: PictureLimits } = {},
): PictureState[] {
  const states = [from];
  const start = Math.max(from.sinceMs, from.calmSinceMs, clock.get(from) ?? 0);
  for (let second = 1; second <= seconds; second++) {
    const before = states.at(-1) ?? from;
    const atMs = start + second * 1_000;
    const now = typeof line === 'function' ? line(second, before) : line;
    const state = nextPicture(before, { ...calm, atMs, ...now }, limits);
    clock.set(state, atMs);
    states.push(state);
  }
  return states;
}
/** When a state was the newest one. */
const clock = new WeakMap<PictureState, number>();

const last = (states: PictureState[]) => states.at(-1) ?? firstPicture(0);
const changes = (states: PictureState[]) =>
  states.filter(
    (state, n) => n > 0 && (state.step !== states[n - 1]?.step || state.kind !== states[n - 1]?.kind),
  );

/** As browsers estimate a line that carries so much: never much more than is sent on it. */
const lineOf =
  (bps: number): Line =>
  (_, state) => {
    const sent = encodingOf(state, 720);
    const offered = (sent.active ? sent.maxBitrate : 0) + soundBitrateOf(state) * 2 + 23_000;
    return { availableBps: Math.min(bps * 0.9, offered * 1.5), rttMs: offered > bps * 2 ? 900 : 60 };
  };

suite('the picture, as the line carries it', () => {
  test('begins small and is full after some seconds on a good line', () => {
    const states = pass(12, {});
    assert.equal(encodingOf(states[0] ?? firstPicture(0), 720).scaleResolutionDownBy, 3);
    assert.equal(encodingOf(last(states), 720).scaleResolutionDownBy, 1);
    assert.equal(last(states).kind, 'sent');
  });

  test('is as large as the line carries, and stays there', () => {
    for (const [bps, least, most] of [
      [4_000_000, 4, 4],
      [500_000, 1, 2],
      [200_000, 0, 1],
    ] as const) {
      const states = pass(120, lineOf(bps));
      const { step, kind } = last(states);
      assert.equal(kind, 'sent', `${bps} bit/s`);
      assert.ok(step >= least && step <= most, `${bps} bit/s: step ${step}`);
      const settled = changes(states.slice(30));
      assert.ok(settled.length <= 6, `${bps} bit/s: ${settled.length} changes in a minute and a half`);
    }
  });

  test('makes a pause on a line that carries the sound only, and the sound takes less', () => {
    const states = pass(20, lineOf(70_000));
    assert.equal(last(states).kind, 'held');
    assert.equal(encodingOf(last(states), 720).active, false);
    assert.equal(soundBitrateOf(last(states)), 16_000);
  });

  test('tries a bad line again ever more rarely', () => {
    const states = pass(300, lineOf(70_000));
    const trials = changes(states).filter(({ kind }) => kind === 'trial').length;
    assert.ok(trials >= 3 && trials <= 6, `${trials} trials in five minutes`);
  });

  test('comes back by itself, and grows', () => {
    const paused = last(pass(20, lineOf(70_000)));
    const states = pass(60, lineOf(2_000_000), { from: paused });
    const seconds = states.findIndex(({ kind }) => kind === 'sent');
    assert.ok(seconds > 0 && seconds < 45, `sent again after ${seconds} s`);
    assert.ok(last(states).step >= 3);
  });

  test('gets smaller within three seconds when the line breaks in', () => {
    const full = last(pass(20, {}));
    const states = pass(3, { availableBps: 250_000 }, { from: full });
    assert.ok(last(states).step <= 1);
    assert.equal(last(states).kind, 'sent');
  });

  test('does not mind a single bad second', () => {
    const full = last(pass(20, {}));
    const states = pass(6, (second) => (second === 3 ? { availableBps: 100_000 } : {}), { from: full });
    assert.deepEqual(changes(states), []);
  });

  test('goes by loss and delay where a browser has no estimate', () => {
    const full = last(pass(30, { availableBps: undefined }));
    assert.equal(full.step, 4);
    const losing = pass(8, { availableBps: undefined, lossShare: 0.3 }, { from: full });
    assert.ok(last(losing).step <= 1);
  });

  test('gets smaller when the machine cannot keep up, and stays so for two minutes', () => {
    const full = last(pass(20, {}));
    const slow = pass(6, { cpuLimited: true }, { from: full });
    assert.equal(last(slow).step, 3);
    const after = pass(100, {}, { from: last(slow) });
    assert.equal(last(after).step, 3);
    assert.equal(last(pass(60, {}, { from: last(after) })).step, 4);
  });

  test('spares a low battery, a screen shared beside it, and a machine that sends to three', () => {
    const full = last(pass(20, {}));
    for (const [limits, step] of [
      [{ ...alone, thrifty: true }, 2],
      [{ ...alone, screen: true }, 2],
      [{ ...alone, others: 2 }, 2],
      [{ ...alone, others: 3 }, 1],
    ] as const)
      assert.equal(last(pass(5, {}, { from: full, limits })).step, step);
  });

  test('is measured by the shorter side, so that a phone held upright sends as much', () => {
    const state = last(pass(5, {}, { limits: { ...alone, thrifty: true } }));
    assert.equal(encodingOf(state, 1080).scaleResolutionDownBy, 3);
    assert.equal(encodingOf(state, 240).scaleResolutionDownBy, 1);
  });
});
