import type { BrowserContext, Page } from 'playwright-core';

/** What a page has done, seen from outside: the product knows nothing of it. */
type Watched = {
  /** What the connection that has received most has to tell: there are others, to test the line. */
  reports(): Promise<Report[]>;
  /** When a frame of the other side's camera was shown, in milliseconds since 1970; one clock for all on this machine. */
  frames: number[];
  clickedAt: number;
};

type Report = { type: string; id: string; kind?: string; [key: string]: unknown };

/** How one end's packets leave it. */
export type EndPath = { relayed: boolean; protocol: 'udp' | 'tcp' | 'tls' };

/** What one end has received so far. */
export type Received = {
  atMs: number;
  bytes: number;
  freezes: number;
  frozenMs: number;
  framesDecoded: number;
  width: number;
  height: number;
  soundSamples: number;
  lostSamples: number;
  soundPackets: number;
  soundPacketsLost: number;
};

/** From now on for all pages of the context. */
export async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript(installWatch);
}

function installWatch(): void {
  const connections: RTCPeerConnection[] = [];
  const watched: Watched = { reports, frames: [], clickedAt: 0 };
  Object.assign(globalThis, { watched });
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  async function reports(): Promise<Report[]> {
    const all = await Promise.all(connections.map(async (one) => [...(await one.getStats()).values()]));
    const bytes = (one: Report[]) =>
      Number(one.find(({ type }) => type === 'transport')?.['bytesReceived'] ?? 0);
    return (all as Report[][]).toSorted((a, b) => bytes(b) - bytes(a))[0] ?? [];
  }
  addEventListener('click', () => (watched.clickedAt = Date.now()), { capture: true });
  const followed = new WeakSet<HTMLVideoElement>();
  function follow(video: HTMLVideoElement): void {
    video.requestVideoFrameCallback(() => {
      if (isRemote(video)) watched.frames.push(Date.now());
      follow(video);
    });
  }
  function isRemote({ srcObject }: HTMLVideoElement): boolean {
    const received = connections.flatMap((one) => one.getReceivers().map(({ track }) => track.id));
    return (
      srcObject instanceof MediaStream && srcObject.getVideoTracks().some(({ id }) => received.includes(id))
    );
  }
  setInterval(() => {
    for (const video of document.querySelectorAll('video')) {
      if (followed.has(video)) continue;
      followed.add(video);
      follow(video);
    }
  }, 10);
}

export function framesOf(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.frames);
}

export function clickedAt(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.clickedAt);
}

/** Resolves with the time of the first frame after `since`. */
export async function firstFrameAfter(page: Page, since: number, timeoutMs = 20_000): Promise<number> {
  const found = await page.waitForFunction(
    (since) => (globalThis as unknown as { watched: Watched }).watched.frames.find((at) => at > since),
    since,
    { polling: 50, timeout: timeoutMs },
  );
  return (await found.jsonValue()) ?? 0;
}

/**
 * Waits for the picture that was lost about `since`, for `lossMs` at least, to run again.
 * @returns the time of its first frame, or undefined when none was missed within `patienceMs`
 */
export async function pictureBack(
  page: Page,
  since: number,
  { patienceMs, lossMs }: { patienceMs: number; lossMs: number },
): Promise<number | undefined> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const frames = await framesOf(page);
    const found = frames.find((at, i) => {
      const [before = 0, later = 0] = [frames[i - 1], frames[i + 5]];
      return at > since && at - before > lossMs && later > 0 && later - at < 3_000;
    });
    if (found !== undefined) return found;
    if (Date.now() > deadline) {
      const last = frames.at(-1) ?? 0;
      if (Date.now() - last > 1_500) throw new Error('the picture did not come back');
      return undefined;
    }
    await page.waitForTimeout(100);
  }
}

/** The longest that the picture stood still since then. */
export async function longestStill(page: Page, since: number): Promise<number> {
  const frames = [since, ...(await framesOf(page)).filter((at) => at > since), Date.now()];
  return Math.max(...frames.slice(1).map((at, i) => at - (frames[i] ?? at)));
}

export function pathOf(page: Page): Promise<EndPath | undefined> {
  return page.evaluate(async () => {
    const reports = await (globalThis as unknown as { watched: Watched }).watched.reports();
    const transport = reports.find(({ type }) => type === 'transport');
    const pair = reports.find(({ id }) => id === transport?.['selectedCandidatePairId']);
    const local = reports.find(({ id }) => id === pair?.['localCandidateId']);
    if (!local) return undefined;
    const relayed = local['candidateType'] === 'relay';
    return { relayed, protocol: (relayed ? local['relayProtocol'] : local['protocol']) as 'udp' };
  });
}

export function received(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const reports = await (globalThis as unknown as { watched: Watched }).watched.reports();
    const number = (report: Report | undefined, name: string) => Number(report?.[name] ?? 0);
    const inbound = (kind: string) =>
      reports
        .filter((report) => report.type === 'inbound-rtp' && report.kind === kind)
        .toSorted((a, b) => number(b, 'packetsReceived') - number(a, 'packetsReceived'))[0];
    const [video, audio] = [inbound('video'), inbound('audio')];
    return {
      atMs: Date.now(),
      bytes: number(video, 'bytesReceived') + number(audio, 'bytesReceived'),
      freezes: number(video, 'freezeCount'),
      frozenMs: number(video, 'totalFreezesDuration') * 1_000,
      framesDecoded: number(video, 'framesDecoded'),
      width: number(video, 'frameWidth'),
      height: number(video, 'frameHeight'),
      soundSamples: number(audio, 'totalSamplesReceived'),
      lostSamples: number(audio, 'concealedSamples'),
      soundPackets: number(audio, 'packetsReceived'),
      soundPacketsLost: number(audio, 'packetsLost'),
    };
  });
}
