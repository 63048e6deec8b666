import type { Settings } from './settings.ts';

/** The relay (TURN server) through which two ends talk that have no direct path. */
export type RelayConfig = {
  /** As browsers take them, such as `turn:turn.example.org:3478?transport=udp`. */
  urls: string[];
  /** Shared with the relay. */
  secret: string;
  credentialMinutes: number;
};

export function readRelaySettings(settings: Settings): RelayConfig | undefined {
  const { read } = settings;
  const urls = read(
    'TURN_URLS',
    undefined,
    'addresses such as turn:turn.example.org:3478?transport=udp, parted by commas',
    parseTurnUrls,
  );
  const secretText = 'at least 20 letters, digits or + / = _ . ~ -, such as `openssl rand -hex 32` makes';
  const secret = read('TURN_SECRET', undefined, secretText, parseSecret);
  const minutes = 'whole minutes, from 2 to 60';
  const credentialMinutes = read('TURN_CREDENTIAL_MINUTES', 10, minutes, parseMinutes);
  settings.together('TURN_URLS', 'TURN_SECRET');
  return urls && secret ? { urls, secret, credentialMinutes } : undefined;
}

function parseTurnUrls(text: string): string[] | undefined {
  const urls = text.split(/[\s,]+/).filter((url) => url !== '');
  const turnUrl =
    /^(?!turns:.*=udp)turns?:(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/;
  return urls.every((url) => turnUrl.test(url)) ? urls : undefined;
}

/** Of what a line of coturn's configuration takes as it is. */
function parseSecret(text: string): string | undefined {
  return /^[A-Za-z0-9+/=_.~-]{20,200}$/.test(text) ? text : undefined;
}

function parseMinutes(text: string): number | undefined {
  const minutes = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return minutes >= 2 && minutes <= 60 ? minutes : undefined;
}
