import { signal } from '@preact/signals';
import type { Entry } from '../appointment/agenda.ts';

/** An agenda that never asks the server. */
export function stillAgenda(entries: Entry[] = []) {
  const nothing = () => {};
  return {
    refresh: () => Promise.resolve(),
    put: nothing,
    remove: nothing,
    state: signal({ entries }),
  };
}
