import { join, resolve } from 'node:path';
import { type CodeHours, codeHours } from '@sprechzimmer/protocol/values.ts';
import { type DeliveryConfig, parseHost, parsePort, readDeliverySettings } from './delivery-settings.ts';
import { type OperationConfig, readOperationSettings } from './operation-settings.ts';
import { type PagesConfig, readPagesSettings } from './pages-settings.ts';
import { readRelaySettings, type RelayConfig } from './relay-settings.ts';
import { readRetentionSettings } from './retention-settings.ts';
import { openSettings, type Settings } from './settings.ts';

/** What one server runs with. `readConfig` is the only reader of the environment. */
export type Config = DeliveryConfig &
  OperationConfig &
  PagesConfig & {
    /** Folder of the embedded database; unused with `databaseUrl`. Absolute. */
    dataDir: string;
    /** A PostgreSQL to use instead of the embedded one. */
    databaseUrl: string | undefined;
    /** The Redis or Valkey that several servers on one database share; undefined: this is the only server. */
    redisUrl: string | undefined;
    listenHost: string;
    practicePort: number;
    roomPort: number;
    /** Addresses as browsers see them, without a slash at the end. */
    practiceOrigin: string;
    roomOrigin: string;
    /** STUN servers handed to browsers, such as `stun:stun.example.org:3478`; empty: none but the relay. */
    stunUrls: string[];
    /** undefined: direct connections only. */
    relay: RelayConfig | undefined;
    /** Neither appointments nor metadata are kept for more days than this, 1 to 90. */
    retentionMaxDays: number;
    /** The hours of an appointment's day at which its codes open, on the practice's clock. */
    codeHours: CodeHours;
    /** Believe the last entry of `X-Forwarded-For`: only behind a proxy that sets it. */
    trustProxy: boolean;
    logLevel: LogLevel;
  };

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/**
 * Reads the settings, from the environment and from the file that `SETTINGS_FILE` names; an empty one counts as not set.
 * @param repositoryRoot where `data/` lies unless `DATA_DIR` says otherwise
 * @param warn is told, in one line each, what is no mistake and not well either
 * @throws ConfigError
 */
export function readConfig(
  env: Record<string, string | undefined>,
  repositoryRoot: string,
  warn?: (line: string) => void,
): Config {
  const settings = openSettings(env, warn);
  const config = readAll(settings, repositoryRoot);
  settings.end();
  return config;
}

/** The keys of all settings that there are. */
export function settingKeys(): string[] {
  const settings = openSettings({});
  readAll(settings, '/');
  return settings.keys();
}

/** Asks for every setting, whatever the others say: what is never asked for counts as unknown in the file. */
function readAll(settings: Settings, repositoryRoot: string): Config {
  const { read } = settings;
  const port = 'a port number from 1 to 65535';
  const origin = 'an origin such as https://praxis.example.org, without a path (http for localhost only)';
  const practicePort = read('PRACTICE_PORT', 7300, port, parsePort);
  const roomPort = read('ROOM_PORT', 7301, port, parsePort);
  const codesFrom = read('CODES_OPEN_FROM', '00:00', 'a time of day such as 06:00', parseTimeOfDay);
  const codesUntil = read('CODES_OPEN_UNTIL', '24:00', 'a time of day such as 22:00', parseTimeOfDay);
  const config: Config = {
    ...readDeliverySettings(settings),
    ...readPagesSettings(settings),
    ...readOperationSettings(settings),
    ...readRetentionSettings(settings),
    dataDir: read('DATA_DIR', join(repositoryRoot, 'data'), 'a folder', (text) => resolve(text)),
    databaseUrl: read(
      'DATABASE_URL',
      undefined,
      'an address such as postgres://user@host/database',
      parseDatabase,
    ),
    redisUrl: read('REDIS_URL', undefined, 'an address such as redis://user:password@host:6379', parseRedis),
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
    relay: readRelaySettings(settings),
    codeHours: { from: codesFrom, until: codesUntil },
    trustProxy: read('TRUST_PROXY', false, 'true or false', parseBoolean),
    logLevel: read('LOG_LEVEL', 'info', `one of ${logLevels.join(', ')}`, parseLogLevel),
  };
  if (practicePort === roomPort) {
    settings.mistake('ROOM_PORT', String(roomPort), 'another port than PRACTICE_PORT');
  } else if (config.practiceOrigin === config.roomOrigin) {
    const expected = 'another origin than PRACTICE_ORIGIN: a script in the room must not reach the keys';
    settings.mistake('ROOM_ORIGIN', JSON.stringify(config.roomOrigin), expected);
  }
  if (config.metrics && [practicePort, roomPort].includes(config.metrics.port)) {
    const expected = 'another port than PRACTICE_PORT and ROOM_PORT, where everybody would see it';
    settings.mistake('METRICS_PORT', String(config.metrics.port), expected);
  }
  if (codesFrom >= codesUntil) {
    const expected = 'a later time of day than CODES_OPEN_FROM';
    settings.mistake('CODES_OPEN_UNTIL', JSON.stringify(codesUntil), expected);
  }
  return config;
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

function parseRedis(text: string): string | undefined {
  const url = URL.parse(text);
  return (url?.protocol === 'redis:' || url?.protocol === 'rediss:') && url.hostname !== ''
    ? text
    : undefined;
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

function parseBoolean(text: string): boolean | undefined {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

function parseLogLevel(text: string): LogLevel | undefined {
  return logLevels.find((level) => level === text);
}
