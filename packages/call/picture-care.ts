/** The sizes in which a camera is sent, by the shorter side; the smallest one first. */
const steps = [
  { lines: 180, framesPerSecond: 15, bps: 90_000 },
  { lines: 240, framesPerSecond: 24, bps: 200_000 },
  { lines: 360, framesPerSecond: 30, bps: 450_000 },
  { lines: 540, framesPerSecond: 30, bps: 900_000 },
  { lines: 720, framesPerSecond: 30, bps: 1_700_000 },
] as const;
type Step = 0 | 1 | 2 | 3 | 4;

/** What Opus may take; each packet carries it twice, and headers come on top (23 kbit/s). */
const soundBps = [16_000, 24_000, 32_000, 32_000, 32_000] as const;
const headersBps = 23_000;

/** A step is good from this share of what it would like; below, a smaller picture is the better one. */
const enough = 0.45;
const firstWaitMs = 1_000;
const laterWaitMs = 4_000;
const maxWaitMs = 64_000;
const pauseMs = 8_000;
const trialMs = 6_000;
/** A step up that did not last this long was one too many. */
const provenAfterMs = 12_000;
const cpuRestMs = 120_000;

/** What the line and this machine say in one second. */
export type PictureSample = {
  atMs: number;
  availableBps: number | undefined;
  /** Of what we send, 0 to 1. */
  lossShare: number;
  rttMs: number | undefined;
  /** The encoder cannot keep up. */
  cpuLimited: boolean;
};

/** What is asked for beside the line: a low battery, other people, a shared screen. */
export type PictureLimits = { thrifty: boolean; others: number; screen: boolean };

/** How a camera's picture is sent to one other end. */
export type PictureState = {
  step: Step;
  /** sent: as it is. held: the line carries sound only. trial: sent again, to see whether the line is back. */
  kind: 'sent' | 'held' | 'trial';
  /** Since when it is as it is. */
  sinceMs: number;
  /** It was smaller before. */
  rose: boolean;
  /** Since when there has been no trouble. */
  calmSinceMs: number;
  badSeconds: number;
  cpuSeconds: number;
  /** How long it must be calm before more is tried. */
  waitMs: number;
  /** After a picture this machine could not keep up with. */
  cpuCeiling: { step: Step; untilMs: number } | undefined;
};

/** Small enough for most lines, and larger within a second or two. */
export function firstPicture(atMs: number): PictureState {
  return {
    step: 1,
    kind: 'sent',
    sinceMs: atMs,
    rose: true,
    calmSinceMs: atMs,
    badSeconds: 0,
    cpuSeconds: 0,
    waitMs: firstWaitMs,
    cpuCeiling: undefined,
  };
}

/** One second later. Pure. Sound comes first; smaller comes at once, larger only after calm; each failure waits longer. */
export function nextPicture(
  before: PictureState,
  sample: PictureSample,
  limits: PictureLimits,
): PictureState {
  const bad = isTroubled(before, sample);
  const state: PictureState = {
    ...before,
    badSeconds: bad ? before.badSeconds + 1 : 0,
    calmSinceMs: bad ? sample.atMs : before.calmSinceMs,
    cpuSeconds: sample.cpuLimited ? before.cpuSeconds + 1 : 0,
    cpuCeiling: before.cpuCeiling && before.cpuCeiling.untilMs > sample.atMs ? before.cpuCeiling : undefined,
  };
  switch (state.kind) {
    case 'held':
      return fromHeld(state, sample);
    case 'trial':
      return fromTrial(state, sample);
    case 'sent':
      return fromSent(state, sample, limits);
    default:
      return state.kind satisfies never;
  }
}

/** For `RTCRtpSender.setParameters`. @param sourceLines the shorter side of the camera's own picture */
export function encodingOf({ step, kind }: PictureState, sourceLines: number | undefined) {
  const { lines, framesPerSecond, bps } = steps[step];
  return {
    active: kind !== 'held',
    maxBitrate: bps,
    maxFramerate: framesPerSecond,
    scaleResolutionDownBy: Math.max(1, (sourceLines ?? 720) / lines),
  };
}

export function soundBitrateOf({ step, kind }: PictureState): number {
  return soundBps[kind === 'sent' ? step : 0];
}

function fromHeld(state: PictureState, { atMs }: PictureSample): PictureState {
  if (atMs - state.calmSinceMs < state.waitMs || atMs - state.sinceMs < state.waitMs) return state;
  return { ...state, kind: 'trial', step: 0, sinceMs: atMs };
}

/** The estimate of a line that carried only sound has to grow first. */
function fromTrial(state: PictureState, sample: PictureSample): PictureState {
  if (state.badSeconds >= 2) return held(state, sample, doubled(state.waitMs));
  if (sample.atMs - state.sinceMs < trialMs) return state;
  if (!fits(0, sample)) return held(state, sample, doubled(state.waitMs));
  return { ...state, kind: 'sent', rose: true, sinceMs: sample.atMs, calmSinceMs: sample.atMs };
}

function fromSent(state: PictureState, sample: PictureSample, limits: PictureLimits): PictureState {
  const { atMs } = sample;
  if (state.badSeconds >= 2) return smaller(state, sample);
  if (state.cpuSeconds >= 5 && state.step > 1) {
    const step = (state.step - 1) as Step;
    return { ...at(state, step, atMs), cpuCeiling: { step, untilMs: atMs + cpuRestMs } };
  }
  const ceiling = Math.min(ceilingOf(limits), state.cpuCeiling?.step ?? 4);
  if (state.step > ceiling) return at(state, ceiling as Step, atMs);
  const proven = state.rose && atMs - state.sinceMs >= provenAfterMs;
  const waitMs = proven ? Math.min(state.waitMs, laterWaitMs) : state.waitMs;
  if (state.step === ceiling) return { ...state, waitMs };
  const next = (state.step + 1) as Step;
  const calmMs = atMs - Math.max(state.calmSinceMs, state.sinceMs);
  // An estimate grows only with what is sent, so after a longer calm more is tried all the same.
  const isTime = calmMs >= waitMs && (fits(next, sample) || calmMs >= 3 * Math.max(waitMs, laterWaitMs));
  return isTime ? { ...at(state, next, atMs), waitMs } : { ...state, waitMs };
}

function smaller(state: PictureState, sample: PictureSample): PictureState {
  const { atMs } = sample;
  const tooMuch = state.rose && atMs - state.sinceMs < provenAfterMs;
  const waitMs = tooMuch ? doubled(Math.max(state.waitMs, laterWaitMs)) : Math.max(state.waitMs, laterWaitMs);
  let step = state.step - 1;
  // A line without an estimate fits everything, and goes down one by one.
  while (step > 0 && !fits(step as Step, sample)) step--;
  if (step >= 0) return { ...at(state, step as Step, atMs), waitMs };
  // Three seconds without enough for the smallest.
  return state.badSeconds >= 3 ? held(state, sample, Math.max(pauseMs, waitMs)) : state;
}

function held(state: PictureState, { atMs }: PictureSample, waitMs: number): PictureState {
  return { ...at(state, 0, atMs), kind: 'held', waitMs };
}

function at(state: PictureState, step: Step, atMs: number): PictureState {
  return { ...state, step, sinceMs: atMs, rose: step > state.step, badSeconds: 0, cpuSeconds: 0 };
}

function doubled(waitMs: number): number {
  return Math.min(waitMs * 2, maxWaitMs);
}

/** Browsers without an estimate are judged by loss and delay. */
function isTroubled({ step, kind }: PictureState, sample: PictureSample): boolean {
  const { availableBps, lossShare, rttMs = 0 } = sample;
  if (kind === 'sent' && availableBps !== undefined) return !fits(step, sample) || rttMs > 1_500;
  return lossShare > 0.15 || rttMs > 1_200;
}

function fits(step: Step, { availableBps = Infinity }: PictureSample): boolean {
  return availableBps >= 2 * soundBps[step] + headersBps + enough * steps[step].bps;
}

function ceilingOf({ thrifty, others, screen }: PictureLimits): number {
  // Each other person gets a picture of their own from this machine.
  const company = others <= 1 ? 4 : others === 2 ? 2 : 1;
  return Math.min(company, thrifty ? 2 : 4, screen ? 2 : 4);
}
