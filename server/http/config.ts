import { join, resolve } from 'node:path';
import { type CodeHours, codeHours } from '@sprechzimmer/protocol/values.ts';

/** What one server runs with. `readConfig` is the only reader of the environment. */
export type Config = {
  /** Folder of the embedded database; unused with `databaseUrl`. Absolute. */
  dataDir: string;
  /** A PostgreSQL to use instead of the embedded one. */
  databaseUrl: string | undefined;
  listenHost: string;
  practicePort: number;
  roomPort: number;
  /** Addresses as browsers see them, without a slash at the end. */
  practiceOrigin: string;
  roomOrigin: string;
  /** STUN servers handed to browsers, such as `stun:stun.example.org:3478`; empty: direct connections only. */
  stunUrls: string[];
  /** The hours of an appointment's day at which its codes open, on the practice's clock. */
  codeHours: CodeHours;
  /** The mail server, and the address that mail comes from; without it no mail is sent. */
  smtp: { url: string; from: string } | undefined;
  /** Believe the last entry of `X-Forwarded-For`: only behind a proxy that sets it. */
  trustProxy: boolean;
  logLevel: LogLevel;
};

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** Their values are shown to nobody, not even as a mistake. */
const carriesPassword = new Set(['DATABASE_URL', 'SMTP_URL']);

type ConfigMistake = { key: string; found: string; expected: string };

/** Names every mistake at once, so that the operator mends the settings in one go. */
export class ConfigError extends Error {
  readonly mistakes: ConfigMistake[];

  constructor(mistakes: ConfigMistake[]) {
    const lines = mistakes.map(({ key, found, expected }) => `${key}: found ${found}, expected ${expected}`);
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}

/**
 * Reads the settings; an empty one counts as not set.
 * @param repositoryRoot where `data/` lies unless `DATA_DIR` says otherwise
 * @throws ConfigError
 */
export function readConfig(env: Record<string, string | undefined>, repositoryRoot: string): Config {
  const mistakes: ConfigMistake[] = [];

  function read<T>(key: string, fallback: T, expected: string, parse: (text: string) => T | undefined): T {
    const text = env[key]?.trim();
    if (!text) return fallback;
    const value = parse(text);
    if (value !== undefined) return value;
    const found = carriesPassword.has(key) ? 'something else' : JSON.stringify(text);
    mistakes.push({ key, found, expected });
    return fallback;
  }

  const port = 'a port number from 1 to 65535';
  const origin = 'an origin such as https://praxis.example.org, without a path (http for localhost only)';
  const practicePort = read('PRACTICE_PORT', 7300, port, parsePort);
  const roomPort = read('ROOM_PORT', 7301, port, parsePort);
  const codesFrom = read('CODES_OPEN_FROM', '00:00', 'a time of day such as 06:00', parseTimeOfDay);
  const codesUntil = read('CODES_OPEN_UNTIL', '24:00', 'a time of day such as 22:00', parseTimeOfDay);
  const smtpUrl = read(
    'SMTP_URL',
    undefined,
    'an address such as smtps://user:password@mail.example.org',
    parseSmtpUrl,
  );
  const smtpFrom = read(
    'SMTP_FROM',
    undefined,
    'a sender such as Sprechzimmer <post@example.org>',
    parseSender,
  );
  const config: Config = {
    dataDir: read('DATA_DIR', join(repositoryRoot, 'data'), 'a folder', (text) => resolve(text)),
    databaseUrl: read(
      'DATABASE_URL',
      undefined,
      'an address such as postgres://user@host/database',
      parseDatabase,
    ),
    listenHost: read('LISTEN_HOST', '127.0.0.1', 'a host name or an IP address', parseHost),
    practicePort,
    roomPort,
    practiceOrigin: read('PRACTICE_ORIGIN', `http://localhost:${practicePort}`, origin, parseOrigin),
    roomOrigin: read('ROOM_ORIGIN', `http://localhost:${roomPort}`, origin, parseOrigin),
    stunUrls: read(
      'STUN_URLS',
      [],
      'addresses such as stun:stun.example.org:3478, parted by commas',
      parseStunUrls,
    ),
    codeHours: { from: codesFrom, until: codesUntil },
    smtp: smtpUrl && smtpFrom ? { url: smtpUrl, from: smtpFrom } : undefined,
    trustProxy: read('TRUST_PROXY', false, 'true or false', parseBoolean),
    logLevel: read('LOG_LEVEL', 'info', `one of ${logLevels.join(', ')}`, parseLogLevel),
  };
  if (practicePort === roomPort) {
    mistakes.push({ key: 'ROOM_PORT', found: String(roomPort), expected: 'another port than PRACTICE_PORT' });
  } else if (config.practiceOrigin === config.roomOrigin) {
    const expected = 'another origin than PRACTICE_ORIGIN: a script in the room must not reach the keys';
    mistakes.push({ key: 'ROOM_ORIGIN', found: JSON.stringify(config.roomOrigin), expected });
  }
  if (codesFrom >= codesUntil) {
    const expected = 'a later time of day than CODES_OPEN_FROM';
    mistakes.push({ key: 'CODES_OPEN_UNTIL', found: JSON.stringify(codesUntil), expected });
  }
  for (const [key, other] of [
    ['SMTP_FROM', 'SMTP_URL'],
    ['SMTP_URL', 'SMTP_FROM'],
  ] as const) {
    const isMissing = !env[key]?.trim() && env[other]?.trim();
    if (isMissing) mistakes.push({ key, found: 'nothing', expected: `a value, since ${other} is set` });
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}

function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function parseHost(text: string): string | undefined {
  return /^[A-Za-z0-9.:_-]+$/.test(text) ? text : undefined;
}

/** Only where browsers grant Web Crypto, camera and `Secure` cookies: https, or this very machine. */
function parseOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || url.origin !== text) return undefined;
  const isLocal = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLocal) ? text : undefined;
}

function parseDatabase(text: string): string | undefined {
  const protocol = URL.parse(text)?.protocol;
  return protocol === 'postgres:' || protocol === 'postgresql:' ? text : undefined;
}

function parseStunUrls(text: string): string[] | undefined {
  const urls = text.split(/[\s,]+/).filter((url) => url !== '');
  return urls.every((url) => /^stuns?:(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?$/.test(url))
    ? urls
    : undefined;
}

/** From `00:00` to `24:00`. */
function parseTimeOfDay(text: string): string | undefined {
  return codeHours.shape.until.safeParse(text).data;
}

function parseSmtpUrl(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.hostname && (url.protocol === 'smtp:' || url.protocol === 'smtps:') ? text : undefined;
}

/** An address, or a name and an address in angle brackets. */
function parseSender(text: string): string | undefined {
  const address = String.raw`[^\s@<>,;"]+@[^\s@<>,;"]+`;
  return new RegExp(`^(${address}|[^<>\\r\\n]+ <${address}>)$`).test(text) ? text : undefined;
}

function parseBoolean(text: string): boolean | undefined {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

function parseLogLevel(text: string): LogLevel | undefined {
  return logLevels.find((level) => level === text);
}
