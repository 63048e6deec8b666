import { type ReadonlySignal, signal } from '@preact/signals';
import type { Talk } from '@sprechzimmer/call/talk.ts';
import type { Arrow } from './arrow.ts';
import { throttle } from './throttle.ts';

/** As long as one needs to look there, and no longer than what is said about it. */
const shownForMs = 8_000;
/** The channel takes 60 messages a second, of everything together. */
const sendEveryMs = 100;
const own = '';

/** The arrows over one shared screen: at most one of each person. */
export type Arrows = {
  shown: ReadonlySignal<ReadonlyMap<string, Arrow>>;
  /** This person's arrow, while they draw it and at the end. */
  draw: (arrow: Arrow) => void;
  /** Everybody's, on every page. */
  clear: () => void;
  close: () => void;
};

export function openArrows(talk: Talk): Arrows {
  const shown = signal<ReadonlyMap<string, Arrow>>(new Map());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const telling = throttle((arrow: Arrow) => talk.tell({ kind: 'arrow', arrow }), sendEveryMs);

  function show(whose: string, arrow: Arrow) {
    shown.value = new Map(shown.value).set(whose, arrow);
    clearTimeout(timers.get(whose));
    timers.set(
      whose,
      setTimeout(() => hide(whose), shownForMs),
    );
  }
  function hide(whose: string) {
    const rest = new Map(shown.value);
    rest.delete(whose);
    shown.value = rest;
  }
  function hideAll() {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    shown.value = new Map();
  }

  // What was drawn over an earlier screen is told first, and at once: it is nothing for this one.
  let listening = false;
  const unhear = talk.hear('arrow', ({ arrow }, peer) => {
    if (!listening) return;
    if (arrow) show(peer.id, arrow);
    else hideAll();
  });
  listening = true;

  return {
    shown,
    draw: (arrow) => {
      show(own, arrow);
      telling.push(arrow);
    },
    clear: () => {
      telling.stop();
      hideAll();
      talk.tell({ kind: 'arrow', arrow: null });
    },
    close: () => {
      unhear();
      telling.stop();
      hideAll();
    },
  };
}
