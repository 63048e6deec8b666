import { pairInUse } from './path-way.ts';

/** A WebRTC statistics report as browsers give it: every member may be missing. */
export type StatsReport = { type: string; id: string; [member: string]: unknown };

/** One look at a path. Counters run from the beginning of the connection. */
export type PathSample = {
  atMs: number;
  sentBytes: number;
  receivedBytes: number;
  /** Grows with whatever arrives, answers to the browser's own questions included. */
  signs: number;
  rttMs: number | undefined;
  availableOutgoingBps: number | undefined;
  received: { packets: number; lost: number; samples: number; concealed: number };
  picture: { width: number | undefined; framesPerSecond: number | undefined };
  /** What the other end says of the packets we sent since its last word, 0 to 1. */
  outgoingLoss: { sound: number | undefined; picture: number | undefined };
  /** This machine cannot encode the camera as it would like to. */
  cpuLimited: boolean;
};

/** How a path is doing, in figures and in one word. */
export type PathHealth = {
  quality: 'good' | 'fair' | 'weak' | 'lost';
  sentBytes: number;
  receivedBytes: number;
  rttMs?: number | undefined;
  /** Of the packets of the last seconds, the worse of both directions, 0 to 1. */
  lossShare?: number | undefined;
  /** Of the picture that arrives. */
  frameWidth?: number | undefined;
  framesPerSecond?: number | undefined;
  /** Of the sound of the last seconds, what had to be made up, 0 to 1. */
  concealedShare?: number | undefined;
  availableOutgoingBps?: number | undefined;
  silentForMs: number;
  /** Our own picture is not sent: the line carries sound only. */
  heldBack: boolean;
};

export type Watched = { sample: PathSample; health: PathHealth; lastSignMs: number };

/** From here on a path that says nothing is called lost; a browser itself takes six seconds and more to say so. */
const lostAfterMs = 3_000;
/** No timer is ever so late, unless machine or page slept. */
const sleptForMs = 4_000;
/** How much the newest second counts. */
const newest = 0.35;

/** @param cameraMid the media section in which the camera is sent */
export function readSample(reports: StatsReport[], atMs: number, cameraMid: string | null): PathSample {
  const of = (type: string, kind?: string) =>
    reports.filter((report) => report.type === type && (!kind || report['kind'] === kind));
  const transport = of('transport')[0];
  const pair = pairInUse(reports);
  const way = transport?.['bytesReceived'] === undefined ? pair : transport;
  const inbound = of('inbound-rtp');
  const camera = of('outbound-rtp', 'video').find(({ mid }) => mid === cameraMid);
  const picture = of('inbound-rtp', 'video').find(({ mid }) => mid === cameraMid);
  const loss = (kind: string) => numberOf(of('remote-inbound-rtp', kind)[0], 'fractionLost');
  const rtt =
    numberOf(pair, 'currentRoundTripTime') ?? numberOf(of('remote-inbound-rtp')[0], 'roundTripTime');
  return {
    atMs,
    sentBytes: numberOf(way, 'bytesSent') ?? sum(of('outbound-rtp'), 'bytesSent'),
    receivedBytes: numberOf(way, 'bytesReceived') ?? sum(inbound, 'bytesReceived'),
    signs:
      sum(inbound, 'packetsReceived') +
      (way ? sum([way], 'bytesReceived') : 0) +
      (pair ? sum([pair], 'requestsReceived') + sum([pair], 'responsesReceived') : 0),
    rttMs: rtt === undefined ? undefined : Math.round(rtt * 1_000),
    availableOutgoingBps: numberOf(pair, 'availableOutgoingBitrate'),
    received: {
      packets: sum(inbound, 'packetsReceived'),
      lost: sum(inbound, 'packetsLost'),
      samples: sum(of('inbound-rtp', 'audio'), 'totalSamplesReceived'),
      concealed: sum(of('inbound-rtp', 'audio'), 'concealedSamples'),
    },
    picture: {
      width: numberOf(picture, 'frameWidth'),
      framesPerSecond: numberOf(picture, 'framesPerSecond'),
    },
    outgoingLoss: { sound: loss('audio'), picture: loss('video') },
    cpuLimited: camera?.['qualityLimitationReason'] === 'cpu',
  };
}

/** What is known of a path after one more look at it. Pure. */
export function healthAfter(
  before: Watched | undefined,
  sample: PathSample,
  { isConnected = true, heldBack = false } = {},
): Watched {
  // Nothing is concluded from a night's sleep: it is as if the path were seen for the first time.
  const last = before && !hasSlept(before, sample) ? before : undefined;
  const grew = !last || sample.signs !== last.sample.signs;
  const lastSignMs = grew ? sample.atMs : last.lastSignMs;
  const then = last?.sample.received;
  const { received } = sample;
  const arrived = then ? received.packets - then.packets : 0;
  const lost = then ? Math.max(0, received.lost - then.lost) : 0;
  const incomingLoss = arrived + lost > 0 ? lost / (arrived + lost) : 0;
  const loss = Math.max(incomingLoss, sample.outgoingLoss.sound ?? 0, sample.outgoingLoss.picture ?? 0);
  const samples = then ? received.samples - then.samples : 0;
  const concealed = samples > 0 && then ? (received.concealed - then.concealed) / samples : 0;
  const figures = {
    sentBytes: sample.sentBytes,
    receivedBytes: sample.receivedBytes,
    rttMs: sample.rttMs,
    lossShare: smooth(last?.health.lossShare, loss),
    frameWidth: sample.picture.width,
    framesPerSecond: sample.picture.framesPerSecond,
    concealedShare: smooth(last?.health.concealedShare, concealed),
    availableOutgoingBps: sample.availableOutgoingBps,
    silentForMs: sample.atMs - lastSignMs,
    heldBack,
  };
  const isLost = !isConnected || figures.silentForMs >= lostAfterMs;
  return { sample, lastSignMs, health: { quality: isLost ? 'lost' : qualityOf(figures), ...figures } };
}

/** The clock has jumped: the page was frozen, or the machine asleep. */
export function hasSlept(before: Watched, sample: PathSample): boolean {
  const goneMs = sample.atMs - before.sample.atMs;
  return goneMs > sleptForMs || goneMs < 0;
}

function qualityOf(figures: Omit<PathHealth, 'quality'>): 'good' | 'fair' | 'weak' {
  const { lossShare = 0, concealedShare = 0, rttMs = 0, availableOutgoingBps = Infinity } = figures;
  if (lossShare > 0.08 || concealedShare > 0.08 || rttMs > 700 || availableOutgoingBps < 150_000)
    return 'weak';
  if (lossShare > 0.025 || concealedShare > 0.025 || rttMs > 350 || availableOutgoingBps < 400_000)
    return 'fair';
  return 'good';
}

function smooth(before: number | undefined, now: number): number {
  return before === undefined ? now : before + newest * (now - before);
}

function numberOf(report: StatsReport | undefined, member: string): number | undefined {
  const value = report?.[member];
  return typeof value === 'number' ? value : undefined;
}

function sum(reports: StatsReport[], member: string): number {
  return reports.reduce((total, report) => total + (numberOf(report, member) ?? 0), 0);
}
