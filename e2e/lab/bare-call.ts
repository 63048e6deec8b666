import type { Page } from 'playwright-core';
import type { Person } from '../support/browsers.ts';
import { names } from './lab.ts';

type BarePage = {
  makeOffer(): Promise<string>;
  makeAnswer(sdp: string): Promise<string>;
  takeAnswer(sdp: string): Promise<void>;
};

/**
 * What the product is measured against: two plain pages in the same browsers, a peer connection with nothing set, camera
 * and microphone put onto it. What they say to each other to connect is carried by this process, whatever the line is like.
 */
export async function openBareCall(doctor: Person, patient: Person) {
  const [host, page] = (await Promise.all([doctor, patient].map(openBarePage))) as [Page, Page];
  const offer = await host.evaluate(() => (globalThis as unknown as BarePage).makeOffer());
  const answer = await page.evaluate((sdp) => (globalThis as unknown as BarePage).makeAnswer(sdp), offer);
  return {
    host,
    patient: page,
    /** Lets the two talk. */
    start: () => host.evaluate((sdp) => (globalThis as unknown as BarePage).takeAnswer(sdp), answer),
    close: async () => void (await Promise.all([host.close(), page.close()])),
  };
}

async function openBarePage(person: Person): Promise<Page> {
  const page = await person.context.newPage();
  const address = `https://${names.room}/bare`;
  await page.route(address, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><video autoplay playsinline muted></video>',
    }),
  );
  await page.goto(address);
  await page.evaluate(installBare);
  return page;
}

/** Runs in the page. */
async function installBare(): Promise<void> {
  const own = await navigator.mediaDevices.getUserMedia({
    video: { width: { ideal: 1280 }, height: { ideal: 720 } },
    audio: true,
  });
  const connection = new RTCPeerConnection();
  for (const track of own.getTracks()) connection.addTrack(track, own);
  connection.ontrack = ({ streams: [stream] }) => {
    const video = document.querySelector('video');
    if (video && stream) video.srcObject = stream;
  };
  async function complete(): Promise<string> {
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) => setTimeout(resolve, 10));
    return connection.localDescription?.sdp ?? '';
  }
  Object.assign(globalThis, {
    makeOffer: complete,
    async makeAnswer(sdp) {
      await connection.setRemoteDescription({ type: 'offer', sdp });
      return complete();
    },
    takeAnswer: (sdp) => connection.setRemoteDescription({ type: 'answer', sdp }),
  } satisfies BarePage);
}
