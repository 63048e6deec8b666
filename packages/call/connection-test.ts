import type { IceServer } from '@sprechzimmer/protocol/signalling.ts';
import { peerConfiguration } from './peer-configuration.ts';
import { TestPair } from './test-pair.ts';

/** A way that packets of a consultation could take. */
export type Way =
  /** Within this device: whether the browser connects at all. */
  | { kind: 'local' }
  /** From here to the other side, as a home router lets through. */
  | { kind: 'direct' }
  | { kind: 'relay'; url: string; transport: 'udp' | 'tcp' | 'tls'; port: number };

export type WayResult = {
  way: Way;
  /**
   * open: data went through. blocked: nothing came back. refused: the relay answered and did not let us in.
   * unneeded: there is no router between this device and the internet, so there is nothing to go through.
   */
  state: 'testing' | 'open' | 'blocked' | 'refused' | 'unneeded';
  /** There and back. */
  roundTripMs?: number | undefined;
  kbitPerSecond?: number | undefined;
};

/**
 * good: picture and sound. fair: both, the picture less sharp. sound: no more than sound. none: no way out of this network.
 * no-calls: the browser connects nothing, not even within this device. unknown: there was no relay to test.
 */
export type Verdict = 'good' | 'fair' | 'sound' | 'none' | 'no-calls' | 'unknown';

type TestOptions = {
  iceServers: IceServer[];
  /** Ends the test; what was found until then stays. */
  signal: AbortSignal;
  /** After each change, in a fixed order. */
  onResults: (results: WayResult[]) => void;
};

/** From the first packet to the last. What has not opened by `openWithinMs` is blocked. */
const wayWithinMs = 8_000;
const openWithinMs = 5_000;
/** Each holds two places at the relay, which counts them. */
const waysAtOnce = 2;

const goodKbit = 1_000;
const fairKbit = 300;

/** Moves data through each way there is, in this page alone: two ends, joined only by addresses of that kind. */
export async function testConnection({ iceServers, signal, onResults }: TestOptions): Promise<WayResult[]> {
  const ways: Way[] = [
    { kind: 'local' },
    ...(iceServers.length > 0 ? [{ kind: 'direct' } as const] : []),
    ...relayWays(iceServers),
  ];
  const results = ways.map((way): WayResult => ({ way, state: 'testing' }));
  onResults([...results]);
  const waiting = ways.entries();
  await Promise.all(
    Array.from({ length: waysAtOnce }, async () => {
      // All take from the same list.
      for (const [index, way] of waiting) {
        if (signal.aborted) return;
        const result = await testWay(way, iceServers, signal);
        if (signal.aborted) return;
        results[index] = result;
        onResults([...results]);
      }
    }),
  );
  return results;
}

/** One for each address of a relay that a browser can use; the same twice is one. */
export function relayWays(iceServers: IceServer[]): Extract<Way, { kind: 'relay' }>[] {
  const urls = new Set(iceServers.flatMap((server) => server.urls));
  return [...urls].flatMap((url) => {
    const [, scheme, port, transport = 'udp'] =
      /^(turns?):(?:\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(url) ?? [];
    if (!scheme) return [];
    const tls = scheme === 'turns';
    return [
      {
        kind: 'relay' as const,
        url,
        transport: tls ? ('tls' as const) : (transport as 'udp' | 'tcp'),
        port: Number(port ?? (tls ? 5349 : 3478)),
      },
    ];
  });
}

/** What the ways found mean for a consultation. */
export function judge(results: readonly WayResult[]): Verdict {
  const local = results.find(({ way }) => way.kind === 'local');
  if (local && local.state !== 'open') return 'no-calls';
  if (!results.some(({ way }) => way.kind === 'relay')) return 'unknown';
  const open = results.filter(({ way, state }) => way.kind !== 'local' && state === 'open');
  if (open.length === 0) return 'none';
  const best = Math.max(...open.map(({ kbitPerSecond }) => kbitPerSecond ?? 0));
  if (best >= goodKbit) return 'good';
  return best >= fairKbit ? 'fair' : 'sound';
}

async function testWay(way: Way, iceServers: IceServer[], signal: AbortSignal): Promise<WayResult> {
  const pair = openPair(way, iceServers);
  const stop = () => pair.close();
  signal.addEventListener('abort', stop);
  const timer = setTimeout(stop, wayWithinMs);
  try {
    if (!(await pair.open(openWithinMs))) return { way, state: stateOf(way, pair) };
    const roundTripMs = await pair.measureRoundTrip();
    return { way, state: 'open', roundTripMs, kbitPerSecond: await pair.measureRate() };
  } catch {
    return { way, state: 'blocked' };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    pair.close();
  }
}

function openPair(way: Way, iceServers: IceServer[]): TestPair {
  switch (way.kind) {
    case 'local':
      return new TestPair(peerConfiguration([], false), [isOf('host'), isOf('host')]);
    case 'direct':
      // Few routers lead back to themselves: the far end offers its place at the relay, too.
      return new TestPair(peerConfiguration(iceServers, false), [isOf('srflx'), isOf('srflx', 'relay')]);
    case 'relay': {
      const servers = iceServers.filter(({ urls }) => urls.includes(way.url));
      const alone = servers.map((server) => ({ ...server, urls: [way.url] }));
      return new TestPair(peerConfiguration(alone, true), [isOf('relay'), isOf('relay')]);
    }
    default:
      return way satisfies never;
  }
}

function stateOf(way: Way, pair: TestPair): WayResult['state'] {
  if (pair.isRefused) return 'refused';
  // The address that the server saw is one of this device's own.
  if (way.kind === 'direct' && !pair.hasAddress && !pair.isUnanswered) return 'unneeded';
  return 'blocked';
}

/** Read from the text itself: Firefox knows no `type`. */
function isOf(...types: string[]): (candidate: RTCIceCandidate) => boolean {
  return ({ candidate }) => types.some((type) => candidate.includes(` typ ${type}`));
}
