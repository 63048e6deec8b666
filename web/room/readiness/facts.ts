import type { Verdict } from '@sprechzimmer/call/connection-test.ts';
import { thisBrowser } from '../browser/browser.ts';
import type { OwnDevices } from '../devices/own-devices.ts';
import { pictureSize } from '../devices/picture-size.ts';
import { lineOf, looks } from './line.ts';

const lookEveryMs = 4_000;

/** What is known of the line from elsewhere: the test that a person has made, and what some browsers estimate. */
type NetworkInformation = { effectiveType?: string };
const slowNetworks = ['slow-2g', '2g'];

/**
 * Finds out what the practice should know of someone who waits, beside their devices' own states.
 * @param askHost how long the practice's page takes to answer; undefined while there is none to ask
 * @returns ends it
 */
export function followFacts(
  own: OwnDevices,
  askHost: () => Promise<number | undefined>,
  verdict: () => Verdict | undefined,
): () => void {
  const { media } = own;
  let answers: number[] = [];
  media.note({ inApp: thisBrowser().insideOf !== undefined });
  const stopHearing = own.heard.subscribe((heard) => media.note({ heard }));
  const stopLooking = media.onChange(() =>
    media.note({ smallPicture: pictureSize(media.camera)?.isSmall ?? false }),
  );

  async function look(): Promise<void> {
    const answer = await askHost();
    if (answer !== undefined) answers = [...answers, answer].slice(-looks);
    const line = isKnownWeak(verdict()) ? 'weak' : lineOf(answers);
    if (line) media.note({ line });
  }
  const timer = setInterval(() => void look(), lookEveryMs);
  return () => {
    clearInterval(timer);
    stopHearing();
    stopLooking();
  };
}

function isKnownWeak(verdict: Verdict | undefined): boolean {
  if (verdict === 'sound' || verdict === 'none') return true;
  if (verdict === 'good') return false;
  const { connection } = navigator as Navigator & { connection?: NetworkInformation };
  return slowNetworks.includes(connection?.effectiveType ?? '');
}
