import type { Page } from 'playwright-core';
import type { Person } from '../e2e/support/browsers.ts';

/** What a bare page can do; the bench calls it there. */
export type BarePage = {
  makeOffer(): Promise<string>;
  makeAnswer(sdp: string): Promise<string>;
  takeAnswer(sdp: string): Promise<void>;
  /** What was said in `callIn` would arrive. */
  isWarm(): boolean;
  callIn(): number;
  end(): void;
};

/** A plain page with nothing but a peer connection, on the product's origin. */
export async function openBarePage(origin: string, person: Person): Promise<Page> {
  const page = await person.context.newPage();
  const address = `${origin}/bare`;
  await page.route(address, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><style>video { width: 100%; }</style><video class="remote" autoplay playsinline></video>',
    }),
  );
  await page.goto(address);
  await page.evaluate(installBareCall);
  return page;
}

/** What the two say to each other before they are connected is carried by this process. */
export async function connectBarePages([caller, called]: readonly [Page, Page]): Promise<void> {
  const offer = await caller.evaluate(() => (globalThis as unknown as BarePage).makeOffer());
  const answer = await called.evaluate((sdp) => (globalThis as unknown as BarePage).makeAnswer(sdp), offer);
  await caller.evaluate((sdp) => (globalThis as unknown as BarePage).takeAnswer(sdp), answer);
}

/** Runs in the page: the least that WebRTC needs for a call over a warm connection. */
async function installBareCall(): Promise<void> {
  const constraints = { video: { width: 1280, height: 720 }, audio: true };
  const own = await navigator.mediaDevices.getUserMedia(constraints);
  const video = document.querySelector('video');
  if (!video) throw new Error('no video');
  let connection: RTCPeerConnection;
  let channel: RTCDataChannel;

  function sendTracks(): void {
    for (const { sender, receiver } of connection.getTransceivers()) {
      const track = own.getTracks().find(({ kind }) => kind === receiver.track.kind);
      void sender.replaceTrack(track ?? null);
    }
  }
  function open(): void {
    connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    channel = connection.createDataChannel('bare', { negotiated: true, id: 0 });
    channel.onmessage = sendTracks;
  }
  async function complete(): Promise<string> {
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) => setTimeout(resolve, 10));
    return connection.localDescription?.sdp ?? '';
  }
  function play(): void {
    if (video) video.srcObject = new MediaStream(connection.getReceivers().map(({ track }) => track));
  }
  Object.assign(globalThis, {
    async makeOffer() {
      open();
      connection.addTransceiver('audio', { direction: 'sendrecv' });
      connection.addTransceiver('video', { direction: 'sendrecv' });
      return complete();
    },
    async makeAnswer(sdp) {
      open();
      await connection.setRemoteDescription({ type: 'offer', sdp });
      for (const transceiver of connection.getTransceivers()) transceiver.direction = 'sendrecv';
      const answer = await complete();
      play();
      return answer;
    },
    async takeAnswer(sdp) {
      await connection.setRemoteDescription({ type: 'answer', sdp });
      play();
    },
    isWarm: () => channel.readyState === 'open',
    callIn() {
      const at = Date.now();
      channel.send('come in');
      sendTracks();
      return at;
    },
    end: () => connection.close(),
  } satisfies BarePage);
}
