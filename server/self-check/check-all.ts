import { findRunningPostgres } from '../db/embedded-postgres.ts';
import type { Config } from '../http/config.ts';
import { missingPages } from '../pages/missing-pages.ts';
import { checkDatabase } from './check-database.ts';
import { checkDisk } from './check-disk.ts';
import { checkOrigin } from './check-origin.ts';
import { checkRedis } from './check-redis.ts';
import { checkRelay, checkStun } from './check-relay.ts';
import { checkSmtp } from './check-smtp.ts';
import { describeFailure, finding, type Finding } from './finding.ts';

export type CheckOptions = {
  /** Certificates to trust instead of the usual ones, as PEM; tests set it. */
  ca?: string;
  /** What each part may take. */
  limitMs?: number;
};

type Part = { about: string; run: (signal: AbortSignal) => Promise<Finding[]> };

const usualLimitMs = 15_000;

/** Looks at everything that the server needs, all at once, each part for a limited time. Nothing is changed or sent. */
export async function checkAll(config: Config, options: CheckOptions = {}): Promise<Finding[]> {
  const limitMs = options.limitMs ?? usualLimitMs;
  const found = await Promise.all(partsOf(config, options).map((part) => within(part, limitMs)));
  const hidden = secretsOf(config);
  return found.flat().map((one) => ({ ...one, text: withoutSecrets(one.text, hidden) }));
}

function partsOf(config: Config, { ca }: CheckOptions): Part[] {
  const { databaseUrl, redisUrl, smtp, sms, relay, stunUrls, dataDir, practiceOrigin, roomOrigin } = config;
  const skip = (about: string, text: string) => () => Promise.resolve([finding('skipped', about, text)]);
  const database = databaseUrl ?? findRunningPostgres(dataDir);
  const notRunning = `the embedded one does not run: start the server first (DATA_DIR ${dataDir})`;
  return [
    {
      about: 'database',
      run: database ? (signal) => checkDatabase(database, signal) : skip('database', notRunning),
    },
    {
      about: 'disk',
      run: databaseUrl
        ? skip('disk', 'the database of DATABASE_URL has a disk of its own: watch that')
        : () => checkDisk(dataDir),
    },
    {
      about: 'Redis',
      run: redisUrl
        ? (signal) => checkRedis(redisUrl, signal)
        : skip('Redis', 'REDIS_URL is not set: there is one server'),
    },
    {
      about: 'mail server',
      run: smtp
        ? (signal) => checkSmtp(ca ? { ...smtp, ca } : smtp, signal)
        : skip('mail server', 'SMTP_URL is not set: the server sends no mail'),
    },
    {
      about: 'SMS gateway',
      run: skip(
        'SMS gateway',
        sms ? 'not tried: a request might send something' : 'SMS_URL is not set: the server sends no SMS',
      ),
    },
    {
      about: 'relay',
      run: relay
        ? (signal) => checkRelay(relay, { ca, signal })
        : skip('relay', 'TURN_URLS is not set: two ends without a direct path are not connected'),
    },
    { about: 'STUN', run: (signal) => checkStun(stunUrls, { ca, signal }) },
    { about: 'practice address', run: (signal) => checkOrigin('practice', practiceOrigin, { ca, signal }) },
    { about: 'room address', run: (signal) => checkOrigin('room', roomOrigin, { ca, signal }) },
    { about: 'pages', run: () => checkPages(config) },
  ];
}

async function checkPages(config: Config): Promise<Finding[]> {
  const missing = await missingPages(config);
  if (missing.length === 0) return [finding('ok', 'pages', 'terms, privacy and imprint are there')];
  return missing.map(({ file, problem }) =>
    finding('warning', 'pages', `${file} ${problem} (docs/pages.md)`),
  );
}

/** A part that takes too long, or breaks down in a way that it does not know, has failed. */
async function within({ about, run }: Part, limitMs: number): Promise<Finding[]> {
  const limit = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    limit.abort();
    reject(Object.assign(new Error('too late'), { code: 'ETIMEDOUT' }));
  }, limitMs);
  try {
    return await Promise.race([run(limit.signal), late]);
  } catch (error) {
    return [finding('failed', about, describeFailure(error))];
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}

/** Nothing above says one; what other programs answer might. */
function secretsOf({ databaseUrl, redisUrl, smtp, sms, relay, serverKey }: Config): string[] {
  const urls = [databaseUrl, redisUrl, smtp?.url].filter((url) => url !== undefined);
  const passwords = urls.flatMap((url) => {
    const { password } = new URL(url);
    return [password, decodeURIComponent(password)];
  });
  const keys = [serverKey?.toString('hex'), serverKey?.toString('base64url')];
  const all = [...passwords, sms?.token, relay?.secret, ...keys];
  return all.filter((text) => text !== undefined && text.length > 3) as string[];
}

function withoutSecrets(text: string, secrets: string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}
