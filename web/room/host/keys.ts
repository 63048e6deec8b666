import { signal } from '@preact/signals';
import { type HostKey, keyMeaning } from './queue.ts';

const storageKey = 'host-keys';

/** Single keys can be switched off, for whoever dictates or has a device that types by itself (WCAG 2.2, 2.1.4). */
export const keysEnabled = signal(readSetting());

export function setKeysEnabled(on: boolean): void {
  keysEnabled.value = on;
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Storage is switched off: the choice lasts as long as the window.
  }
}

/** Hears single keys of the host's window. None of them ends anything. */
export function followKeys(onKey: (key: HostKey) => void): () => void {
  const hear = (event: KeyboardEvent) => {
    const writing =
      event.target instanceof Element && event.target.matches('input:not([type=checkbox]), textarea, select');
    const meaning = keysEnabled.value ? keyMeaning(event, writing) : undefined;
    if (meaning) onKey(meaning);
  };
  addEventListener('keydown', hear);
  return () => removeEventListener('keydown', hear);
}

function readSetting(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}
