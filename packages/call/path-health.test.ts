import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { healthAfter, type PathSample, readSample, type StatsReport, type Watched } from './path-health.ts';

/** As Chromium 156 gave them after four seconds of a call; members that nobody reads are left out. */
const chromium: StatsReport[] = [
  {
    id: 'T01',
    type: 'transport',
    bytesReceived: 322_882,
    bytesSent: 225_102,
    selectedCandidatePairId: 'CP2',
  },
  { id: 'CP1', type: 'candidate-pair', nominated: true, bytesReceived: 3_231, currentRoundTripTime: 0.07 },
  {
    id: 'CP2',
    type: 'candidate-pair',
    nominated: true,
    bytesReceived: 319_651,
    currentRoundTripTime: 0.005,
    availableOutgoingBitrate: 4_730_352,
    requestsReceived: 5,
    responsesReceived: 5,
  },
  {
    id: 'IA',
    type: 'inbound-rtp',
    kind: 'audio',
    mid: '0',
    packetsReceived: 255,
    packetsLost: 0,
    totalSamplesReceived: 241_920,
    concealedSamples: 4_800,
  },
  {
    id: 'IV',
    type: 'inbound-rtp',
    kind: 'video',
    mid: '1',
    packetsReceived: 320,
    packetsLost: 0,
    frameWidth: 960,
    framesPerSecond: 20,
  },
  { id: 'RIA', type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0.01, roundTripTime: 0.003 },
  { id: 'RIV', type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.02, roundTripTime: 0.001 },
  {
    id: 'OV',
    type: 'outbound-rtp',
    kind: 'video',
    mid: '1',
    bytesSent: 165_396,
    frameWidth: 640,
    framesPerSecond: 20,
    qualityLimitationReason: 'bandwidth',
  },
];

/** As Firefox ESR gives them: no transport, the pair marked, no estimate of the line. */
const firefox: StatsReport[] = [
  { id: 'a', type: 'candidate-pair', selected: false, nominated: false, bytesReceived: 0 },
  { id: 'b', type: 'candidate-pair', selected: true, bytesReceived: 5_000, bytesSent: 4_000 },
  { id: 'c', type: 'inbound-rtp', kind: 'audio', mid: '0', packetsReceived: 50, packetsLost: 1 },
  { id: 'd', type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0, roundTripTime: 0.08 },
];

const still: PathSample = {
  atMs: 0,
  sentBytes: 0,
  receivedBytes: 0,
  signs: 1,
  rttMs: 40,
  availableOutgoingBps: 2_000_000,
  received: { packets: 0, lost: 0, samples: 0, concealed: 0 },
  picture: { width: 1280, framesPerSecond: 30 },
  outgoingLoss: { sound: 0, picture: 0 },
  cpuLimited: false,
};

/** Seconds of a call, one after the other. */
function watch(seconds: number, second: (n: number) => Partial<PathSample>, from?: Watched): Watched {
  let watched = from ?? healthAfter(undefined, still);
  for (let n = 1; n <= seconds; n++) {
    const { sample } = watched;
    watched = healthAfter(watched, { ...sample, atMs: sample.atMs + 1_000, ...second(n) });
  }
  return watched;
}

const lively = (n: number): Partial<PathSample> => ({
  signs: 1 + n * 100,
  received: { packets: n * 100, lost: 0, samples: n * 48_000, concealed: 0 },
});

suite('the health of a path', () => {
  test('is read from the statistics of Chromium', () => {
    const sample = readSample(chromium, 1_000, '1');
    assert.equal(sample.receivedBytes, 322_882);
    assert.equal(sample.rttMs, 5);
    assert.equal(sample.availableOutgoingBps, 4_730_352);
    assert.deepEqual(sample.picture, { width: 960, framesPerSecond: 20 });
    assert.deepEqual(sample.outgoingLoss, { sound: 0.01, picture: 0.02 });
    assert.equal(sample.cpuLimited, false);
  });

  test('is read from the statistics of Firefox, which have no transport and no estimate', () => {
    const sample = readSample(firefox, 1_000, '1');
    assert.equal(sample.receivedBytes, 5_000);
    assert.equal(sample.sentBytes, 4_000);
    assert.equal(sample.rttMs, 80);
    assert.equal(healthAfter(undefined, sample).health.quality, 'good');
  });

  test('is good on a line that loses nothing', () => {
    const { health } = watch(5, lively);
    assert.equal(health.quality, 'good');
    assert.equal(health.silentForMs, 0);
  });

  test('is weak when one packet in ten is lost, whichever way, and good again some seconds later', () => {
    const losing = (n: number): Partial<PathSample> => ({
      ...lively(n),
      received: { packets: n * 90, lost: n * 10, samples: n * 48_000, concealed: 0 },
    });
    assert.equal(watch(8, losing).health.quality, 'weak');
    const outgoing = watch(8, (n) => ({ ...lively(n), outgoingLoss: { sound: 0.1, picture: undefined } }));
    assert.equal(outgoing.health.quality, 'weak');
    const after = watch(8, (n) => ({ ...lively(n + 8), outgoingLoss: { sound: 0, picture: 0 } }), outgoing);
    assert.equal(after.health.quality, 'good');
  });

  test('tells how much of the sound had to be made up', () => {
    const { health } = watch(10, (n) => ({
      ...lively(n),
      received: { packets: n * 100, lost: 0, samples: n * 48_000, concealed: n * 4_800 },
    }));
    assert.ok(health.concealedShare && Math.abs(health.concealedShare - 0.1) < 0.01);
    assert.equal(health.quality, 'weak');
  });

  test('is lost after three seconds in which nothing at all arrives', () => {
    assert.equal(watch(2, () => ({})).health.quality, 'good');
    const lost = watch(3, () => ({}));
    assert.equal(lost.health.quality, 'lost');
    assert.equal(lost.health.silentForMs, 3_000);
    assert.equal(watch(1, () => ({ signs: 2 }), lost).health.quality, 'good');
  });

  test('is not lost only because everything is muted: the browsers still answer each other', () => {
    assert.equal(watch(20, (n) => ({ signs: 1 + Math.floor(n / 2) })).health.quality, 'good');
  });

  test('starts anew after the machine has slept', () => {
    const before = watch(3, lively);
    const woken = healthAfter(before, { ...before.sample, atMs: before.sample.atMs + 3_600_000 });
    assert.equal(woken.health.silentForMs, 0);
  });

  test('is lost while the browser has no connection', () => {
    assert.equal(healthAfter(undefined, still, { isConnected: false }).health.quality, 'lost');
  });
});
