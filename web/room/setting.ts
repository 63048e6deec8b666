import { type ReadonlySignal, signal } from '@preact/signals';

export type Setting = { readonly isOn: ReadonlySignal<boolean>; set: (on: boolean) => void };

/** Something that a person switches on or off for themselves. Kept in this browser, where it lets us. */
export function setting(key: string): Setting {
  const isOn = signal(readKept(key) !== 'off');
  return {
    isOn,
    set: (on) => {
      isOn.value = on;
      keep(key, on ? 'on' : 'off');
    },
  };
}

export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Storage is switched off.
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}
