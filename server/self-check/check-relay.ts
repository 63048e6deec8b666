import { createHmac, randomUUID } from 'node:crypto';
import type { RelayConfig } from '../http/relay-settings.ts';
import { describeFailure, finding, type Finding } from './finding.ts';
import { type Address, TurnClient } from './turn/turn-client.ts';
import type { TurnServerAddress } from './turn/turn-line.ts';

type Options = { ca?: string | undefined; signal: AbortSignal };

/** An address that no relay of ours may pass anything on to (RFC 1918). */
const internalPeer = '10.0.0.1';
const credentialSeconds = 60;
const unauthorized = 401;
const forbidden = 403;

/** Each of the relay's addresses: two allocations, and a datagram from one to the other. */
export async function checkRelay({ urls, secret }: RelayConfig, options: Options): Promise<Finding[]> {
  return Promise.all(urls.map((url) => checkUrl(url, secret, options)));
}

/** Each of the addresses where browsers learn under which address they are seen. */
export async function checkStun(urls: string[], options: Options): Promise<Finding[]> {
  return Promise.all(urls.map((url) => checkStunUrl(url, options)));
}

async function checkStunUrl(url: string, options: Options): Promise<Finding> {
  const about = `STUN ${url}`;
  let client: TurnClient | undefined;
  try {
    client = await TurnClient.open({ ...serverOf(url), ...options });
    const answer = await client.bind();
    if (answer.ok) return finding('ok', about, 'answers');
    return finding('failed', about, `refuses to answer (${answer.code})`);
  } catch (error) {
    return finding('failed', about, `cannot be used: ${describeFailure(error)}`);
  } finally {
    client?.close();
  }
}

async function checkUrl(url: string, secret: string, options: Options): Promise<Finding> {
  const about = `relay ${url}`;
  const clients: TurnClient[] = [];
  const open = async (): Promise<TurnClient> => {
    const client = await TurnClient.open({ ...serverOf(url), ...options }, credentials(secret));
    clients.push(client);
    return client;
  };
  try {
    const ends = [await open(), await open()] as const;
    return await tryToRelay(about, ends);
  } catch (error) {
    return finding('failed', about, `cannot be used: ${describeFailure(error)}`);
  } finally {
    // A relay that is gone does not answer; what it had allocated ends by itself.
    await Promise.allSettled(clients.map((client) => client.refresh(0)));
    for (const client of clients) client.close();
  }
}

async function tryToRelay(about: string, [from, to]: readonly [TurnClient, TurnClient]): Promise<Finding> {
  const relayed: Address[] = [];
  for (const end of [from, to]) {
    const answer = await end.allocate();
    if (!answer.ok)
      return finding('failed', about, refusals[answer.code] ?? `refuses an allocation (${answer.code})`);
    if (!answer.relayed) return finding('failed', about, 'allocates, and does not say which address');
    relayed.push(answer.relayed);
  }
  const [source, target] = relayed as [Address, Address];
  const inside = await from.permit(internalPeer);
  if (inside.ok) {
    const text = `lets peers of internal networks through (${internalPeer}): use the configuration that bin/sprechzimmer relay-config prints`;
    return finding('warning', about, text);
  }
  const permits = [await from.permit(target.host), await to.permit(source.host)];
  if (permits.some((answer) => !answer.ok && answer.code === forbidden)) {
    const text = `allocates, and refuses its own address ${target.host}, so it could not be tried out: has it a public address, or is --external missing?`;
    return finding('warning', about, text);
  }
  if (permits.some((answer) => !answer.ok)) return finding('failed', about, 'allocates, and permits no peer');
  return (await passesOn(from, to, target))
    ? finding('ok', about, 'allocates and relays; internal addresses are refused')
    : finding(
        'warning',
        about,
        `allocates, and nothing came through ${target.host}: are its UDP ports 49152 to 65535 open? Behind a NAT it may not reach itself`,
      );
}

/** Datagrams may be lost: a few. */
async function passesOn(from: TurnClient, to: TurnClient, target: Address): Promise<boolean> {
  const text = randomUUID();
  const received = to.receive().then(
    ({ data }) => data.toString() === text,
    () => false,
  );
  const timer = setInterval(() => from.send(target, text), 300);
  from.send(target, text);
  try {
    return await received;
  } finally {
    clearInterval(timer);
  }
}

const refusals: Record<number, string> = {
  [unauthorized]:
    'refuses what the server hands out: TURN_SECRET is not the relay’s, or one of the clocks is wrong',
  [forbidden]: 'refuses to serve this machine (403)',
  486: 'says that its quota is used up (486)',
  508: 'has no room for another allocation (508): raise its limits',
};

/** As the server makes them for browsers, under a name of their own. */
function credentials(secret: string): { username: string; credential: string } {
  const username = `${Math.floor(Date.now() / 1000) + credentialSeconds}:self-check-${randomUUID()}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

function serverOf(url: string): TurnServerAddress {
  const [, scheme, host = '', port, transport] =
    /^(turns?|stuns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(url) ?? [];
  const isSecure = scheme === 'turns' || scheme === 'stuns';
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port ?? (isSecure ? 5349 : 3478)),
    transport: isSecure ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp',
  };
}
