import { type Signal, signal } from '@preact/signals';
import type { LocalMedia } from '@sprechzimmer/call/local-media.ts';
import { keep, readKept } from '../setting.ts';

/** Why there is no blurred background: the device is too slow, its battery is low, or the code failed. */
export type BlurTrouble = 'too-slow' | 'battery' | 'failed';

/** What lies behind the person in their picture. */
export type Background = {
  /** With a trouble the blur was wanted, and is not there. */
  state: Signal<'plain' | 'preparing' | 'blurred' | BlurTrouble>;
  /** For the next time. */
  remember: (blurred: boolean) => void;
};

const storageKey = 'background';

/** The choice of last time counts from the first picture on. What blurs is loaded by who wants it. */
export function openBackground(media: LocalMedia): Background {
  const background: Background = {
    state: signal('plain'),
    remember: (blurred) => keep(storageKey, blurred ? 'blurred' : ''),
  };
  if (readKept(storageKey))
    void media.setFilter((camera) => import('./blur.ts').then(({ blur }) => blur(camera, media, background)));
  return background;
}
