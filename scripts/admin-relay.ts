import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { turnserverConf } from '../deploy/turnserver-conf.ts';
import type { Config } from '../server/http/config.ts';
import { AdminError } from './admin-error.ts';

const options = {
  external: { type: 'string' },
  certificate: { type: 'string' },
  key: { type: 'string' },
} as const;

/** The relay's configuration file, from the server's settings and what only the relay's own machine knows. */
export function relayConf({ relay }: Pick<Config, 'relay'>, words: string[]): string {
  if (!relay) throw new AdminError('Please set TURN_URLS, and TURN_SECRET or TURN_SECRET_FILE.');
  const { values, positionals } = read(words);
  const { external, certificate, key } = values;
  const given = [...positionals, ...(external === undefined ? [] : [external])];
  if (positionals.length === 0 || given.some((address) => isIP(address) === 0)) {
    throw new AdminError(
      'Please give the IP addresses of the relay’s machine, such as 203.0.113.5 2001:db8::5.',
    );
  }
  const hasTls = relay.urls.some((url) => url.startsWith('turns:'));
  if (hasTls && (certificate === undefined || key === undefined)) {
    throw new AdminError('TURN_URLS has a turns: address: please give --certificate FILE and --key FILE.');
  }
  return turnserverConf({
    ...relay,
    listen: positionals,
    ...(external !== undefined && { external }),
    ...(certificate !== undefined && key !== undefined && { tls: { certificate, key } }),
  });
}

function read(words: string[]) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    throw new AdminError((error as Error).message);
  }
}
