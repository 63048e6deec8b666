import { type Signal, signal } from '@preact/signals';
import type { LocalMedia } from '@sprechzimmer/call/local-media.ts';

/** Why there is no blurred background: the device is too slow, its battery is low, or the code could not be loaded. */
export type BlurTrouble = 'too-slow' | 'battery' | 'failed';

/** What lies behind the person in their picture. */
export type Background = {
  /** With a trouble the blur was wanted, and is not there. */
  state: Signal<'plain' | 'preparing' | 'blurred' | BlurTrouble>;
  /** For the next time. */
  remember: (blurred: boolean) => void;
};

/** Where a page can read a camera's frames and make a picture of them. */
export const canBlur = 'MediaStreamTrackGenerator' in globalThis;

/** The choice of last time counts from the first picture on. What blurs is loaded by who wants it. */
export function openBackground(media: LocalMedia): Background {
  const state: Background['state'] = signal('plain');
  if (canBlur && remembered())
    void media.setFilter((camera) => import('./blur.ts').then(({ blur }) => blur(camera, state)));
  return { state, remember: (blurred) => void remembered(blurred ? 'blurred' : '') };
}

function remembered(next?: string): string | undefined {
  try {
    if (next !== undefined) localStorage['background'] = next;
    return localStorage['background'];
  } catch {
    return undefined; // Storage is switched off: the choice lasts as long as the page.
  }
}
