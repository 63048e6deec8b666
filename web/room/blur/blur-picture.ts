import type { FilteredPicture } from '@sprechzimmer/call/local-media.ts';
import type { BlurTrouble } from './background.ts';
// oxlint-disable-next-line import/default -- Vite makes the address out of the worker's code.
import workerAddress from './blur-worker.ts?worker&url';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Not in TypeScript's library yet (W3C MediaStreamTrack Insertable Media Processing, and Chromium's own generator). */
declare const MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
  readable: ReadableStream<VideoFrame>;
};
declare const MediaStreamTrackGenerator: new (init: { kind: 'video' }) => MediaStreamTrack & {
  writable: WritableStream<VideoFrame>;
};
declare const trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: { createScriptURL(): string },
      ): { createScriptURL(input: string): string };
    }
  | undefined;

export class BlurError extends Error {
  readonly trouble: BlurTrouble;
  constructor(trouble: BlurTrouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

/** Below it, and not being charged, a device has better uses for its battery. */
const lowBattery = 0.2;

/** The one script address that this page can make: whatever is asked for, it is the worker. */
const address =
  typeof trustedTypes === 'undefined'
    ? workerAddress
    : trustedTypes.createPolicy('blur-worker', { createScriptURL: () => workerAddress }).createScriptURL('');

/**
 * The camera's picture with a blurred room, once it really is: until then there is nothing to send.
 * @param onTrouble it was there, and is no more
 * @throws BlurError
 */
export async function blurPicture(
  camera: MediaStreamTrack,
  onTrouble: (trouble: BlurTrouble) => void,
): Promise<FilteredPicture> {
  if (await batteryIsLow()) throw new BlurError('battery');
  const { readable } = new MediaStreamTrackProcessor({ track: camera });
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const { writable } = track;
  const worker = new Worker(address, { type: 'module' });
  const tell = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    tell({ kind: 'stop' });
    track.stop();
  };
  return new Promise((resolve, reject) => {
    let isReady = false;
    worker.addEventListener('error', () => reject(new BlurError('failed')));
    worker.addEventListener('message', ({ data: { kind } }: MessageEvent<FromWorker>) => {
      if (kind === 'ready') {
        isReady = true;
        resolve({ track, stop });
      } else if (!isReady) {
        stop();
        // Switched off meanwhile, perhaps: then it is nobody's trouble.
        reject(new BlurError(kind === 'over' ? 'failed' : kind));
        // A frame that was being painted when it was stopped goes nowhere, and that is no trouble.
      } else if (kind !== 'over' && !isStopped) onTrouble(kind);
    });
    tell({ kind: 'start', readable, writable }, [readable, writable]);
  });
}

async function batteryIsLow(): Promise<boolean> {
  const { getBattery } = navigator as { getBattery?: () => Promise<{ level: number; charging: boolean }> };
  const battery = await getBattery?.call(navigator).catch(() => {});
  return battery !== undefined && !battery.charging && battery.level < lowBattery;
}
