import { readFileSync } from 'node:fs';
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
  const typed = read('TURN_SECRET', undefined, secretText, parseSecret);
  const filed = read('TURN_SECRET_FILE', undefined, `a file that holds ${secretText}`, readSecretFile);
  const minutes = 'whole minutes, from 2 to 60';
  const credentialMinutes = read('TURN_CREDENTIAL_MINUTES', 10, minutes, parseMinutes);
  const [hasUrls, isTyped, isFiled] = ['TURN_URLS', 'TURN_SECRET', 'TURN_SECRET_FILE'].map((key) =>
    settings.isSet(key),
  );
  if (isTyped && isFiled) settings.mistake('TURN_SECRET_FILE', 'a file', 'nothing, since TURN_SECRET is set');
  if (hasUrls && !isTyped && !isFiled) {
    settings.mistake('TURN_SECRET', 'nothing', 'a value, or TURN_SECRET_FILE, since TURN_URLS is set');
  }
  if (!hasUrls && (isTyped || isFiled)) {
    settings.mistake('TURN_URLS', 'nothing', 'a value, since the secret is set');
  }
  const secret = typed ?? filed;
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

function readSecretFile(path: string): string | undefined {
  try {
    return parseSecret(readFileSync(path, 'utf8').trim());
  } catch {
    return undefined;
  }
}

function parseMinutes(text: string): number | undefined {
  const minutes = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return minutes >= 2 && minutes <= 60 ? minutes : undefined;
}
