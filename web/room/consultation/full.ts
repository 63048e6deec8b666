import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { onTop } from './on-top.ts';

/** Nothing but the picture: the bar goes away until something moves. */
export const isFull = signal(false);

const awayAfterMs = 3_000;
/** Whoever is in the middle of something keeps the bar. */
const busy = '.panel, .bar [aria-expanded=true], .bar :focus-visible, .security-line[open]';
const signsOfLife = ['pointermove', 'pointerdown', 'keydown', 'focusin'];

export function switchFull(full = !isFull.value): void {
  if (full && onTop.value === 'room') return;
  isFull.value = full;
  const page = document.documentElement;
  if (full) {
    // iPhones give pages no full screen: there the page alone makes room.
    if ('requestFullscreen' in page) page.requestFullscreen({ navigationUI: 'hide' }).catch(() => {});
  } else if (document.fullscreenElement) {
    void document.exitFullscreen();
  }
}

/** For as long as a consultation is shown. @returns whether the bar is away */
export function useFull(): boolean {
  const [away, setAway] = useState(false);
  const full = isFull.value;
  useEffect(() => {
    const follow = () => {
      if (!document.fullscreenElement) isFull.value = false;
    };
    document.addEventListener('fullscreenchange', follow);
    return () => {
      document.removeEventListener('fullscreenchange', follow);
      switchFull(false);
    };
  }, []);
  useEffect(() => {
    if (!full) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => (document.querySelector(busy) ? wait() : setAway(true)), awayAfterMs);
    };
    const comeBack = () => {
      setAway(false);
      wait();
    };
    wait();
    for (const sign of signsOfLife) addEventListener(sign, comeBack);
    return () => {
      clearTimeout(timer);
      setAway(false);
      for (const sign of signsOfLife) removeEventListener(sign, comeBack);
    };
  }, [full]);
  return full && away;
}
