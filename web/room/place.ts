import type { Consent } from '@sprechzimmer/call/consent-sender.ts';

/**
 * A participant's place, once the button was pressed. It lives in this window's sessionStorage only, so that a reload
 * goes on where it was and nothing is left when the window is closed. All bytes are base64url.
 */
export type Place = {
  /** For the link in one's own calendar. */
  code: string;
  locator: string;
  psk: string;
  cardKey: string;
  /** Random; whoever shows it again takes the place back. */
  place: string;
  name: string;
  /** The consultation has ended: a reload does not go back in by itself. */
  over: boolean;
  /** The last answer to the practice's consent text. */
  consent?: Consent | undefined;
};

const storageKey = 'place';

export function keepPlace(place: Place): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(place));
  } catch {
    // Storage is switched off: the place lasts until the page is reloaded.
  }
}

export function keptPlace(): Place | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    return isPlace(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function forgetPlace(): void {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  const texts = ['code', 'locator', 'psk', 'cardKey', 'place', 'name'];
  return texts.every((key) => typeof fields[key] === 'string') && typeof fields['over'] === 'boolean';
}
