import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';

/** What a host code opens, for as long as this window is there: a reload goes on where it was. Bytes are base64url. */
export type HostCodePlace = {
  locator: string;
  cardKey: string;
  /** The person has seen whose appointment it is, and gone on. */
  begun: boolean;
};

const storageKey = 'host-code';

export async function takeHostCodePlace(code: string): Promise<HostCodePlace> {
  const { locator, cardKey } = await deriveSecrets(code, 'host', location.origin);
  return { locator: toBase64url(locator), cardKey: toBase64url(cardKey), begun: false };
}

/** @param place undefined: no longer */
export function keepHostCodePlace(place: HostCodePlace | undefined): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(place ?? {}));
  } catch {
    // Storage is switched off: it lasts until the page is reloaded.
  }
}

export function keptHostCodePlace(): HostCodePlace | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Partial<HostCodePlace>;
    const { locator, cardKey, begun } = kept;
    return locator && cardKey ? { locator, cardKey, begun: begun === true } : undefined;
  } catch {
    return undefined;
  }
}
