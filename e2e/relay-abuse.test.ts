import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { userQuota } from '../deploy/turnserver-conf.ts';
import type { Context } from '../server/http/context.ts';
import { createMetrics } from '../server/metrics/metrics.ts';
import { createIceServers } from '../server/waiting-room/ice-servers.ts';
import { type Relay, type RelayPorts, startRelay } from './support/relay.ts';
import { type TurnAnswer, TurnClient, type TurnCredentials } from '../server/self-check/turn/turn-client.ts';
import type { TurnServerAddress } from '../server/self-check/turn/turn-line.ts';

// A real coturn as `deploy/` configures it for production, asked by a client that keeps to no rule of browsers.
const hasIPv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
);
const codes = { unauthorized: 401, forbidden: 403, familyMismatch: 443, quota: 486 };
let relay: Relay;
const clients: TurnClient[] = [];

before(async () => {
  relay = await startRelay({ listen: hasIPv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'] });
});
after(() => relay.close());
afterEach(async () => {
  const used = clients.splice(0);
  // An allocation outlives its socket, and a later client to whom the system gives the same port would meet it (437).
  await Promise.all(used.map((client) => client.refresh(0).catch(() => undefined)));
  for (const client of used) client.close();
});

/** As the server mints them for whoever waits; somebody else each time, unless a seat is given. */
function mint(now = new Date(), { config } = relay, seat: string = randomUUID()): TurnCredentials {
  const metrics = createMetrics();
  const context = { config: { stunUrls: [], relay: config }, metrics, now: () => now } as unknown as Context;
  const [turn] = createIceServers(context).forSeat(seat);
  return { username: turn?.username ?? '', credential: turn?.credential ?? '' };
}

async function open(
  credentials?: TurnCredentials,
  server: Partial<TurnServerAddress> = {},
): Promise<TurnClient> {
  const address = { host: '127.0.0.1', port: relay.ports.plain[0]!, transport: 'udp' as const, ca: relay.ca };
  const client = await TurnClient.open({ ...address, ...server }, credentials);
  clients.push(client);
  return client;
}

async function allocated(family: 'IPv4' | 'IPv6' = 'IPv4', credentials = mint()): Promise<TurnClient> {
  const client = await open(credentials);
  const answer = await client.allocate({ family });
  assert.ok(answer.ok, `allocation: ${JSON.stringify(answer)}`);
  return client;
}

function isRefused(answer: TurnAnswer, ...allowed: number[]): void {
  assert.ok(!answer.ok, 'it was granted');
  assert.ok(allowed.includes(answer.code), `refused with ${answer.code}`);
}

test('without credentials nothing is relayed', async () => {
  isRefused(await (await open()).allocate(), codes.unauthorized);
});

test('a name that another secret has signed is refused', async () => {
  const { username } = mint();
  const credential = createHmac('sha1', 'another secret of 20 characters').update(username).digest('base64');
  isRefused(await (await open({ username, credential })).allocate(), codes.unauthorized);
});

test('a name whose time was made longer is refused', async () => {
  const { username, credential } = mint();
  const later = username.replace(/^\d+/, (expires) => String(Number(expires) + 3_600));
  isRefused(await (await open({ username: later, credential })).allocate(), codes.unauthorized);
});

test('expired credentials are refused', async () => {
  const { config } = relay;
  const justExpired = new Date(Date.now() - config.credentialMinutes * 60_000 - 2_000);
  isRefused(await (await open(mint(justExpired))).allocate(), codes.unauthorized);
});

const ways = [
  { name: 'UDP', transport: 'udp', port: ({ plain }) => plain[0] },
  { name: 'UDP at the next port', transport: 'udp', port: ({ plain }) => plain[0]! + 1 },
  { name: 'TCP', transport: 'tcp', port: ({ plain }) => plain[0] },
  { name: 'TCP at the next port', transport: 'tcp', port: ({ plain }) => plain[0]! + 1 },
  { name: 'TLS', transport: 'tls', port: ({ tls }) => tls[0] },
  { name: 'TLS at the next port', transport: 'tls', port: ({ tls }) => tls[0]! + 1 },
  { name: 'TLS at a port of its own, such as 443', transport: 'tls', port: ({ tls }) => tls[1] },
] satisfies {
  name: string;
  transport: TurnServerAddress['transport'];
  port: (ports: RelayPorts) => number | undefined;
}[];
for (const { name, transport, port } of ways) {
  test(`whoever waits is given a relayed address, over ${name}`, async () => {
    const answer = await (await open(mint(), { transport, port: port(relay.ports)! })).allocate();
    assert.ok(answer.ok);
    const relayed = answer.relayed?.port ?? 0;
    assert.ok(relayed >= 49_152 && relayed <= 65_535, `relayed at ${relayed}`);
  });
}

const internalIPv4 = [
  '0.0.0.0',
  '10.0.0.1',
  '10.255.255.254',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.254',
  '192.0.2.1',
  '192.168.0.1',
  '192.168.178.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '255.255.255.255',
];
const internalIPv6 = [
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:169.254.169.254',
  '::ffff:192.168.0.1',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a00:1',
  '2001:0:7f00:1::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '2002:a00:1::1',
  'fc00::1',
  'fd00::1',
  'fd00:ec2::254',
  'fdff:ffff::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
];

test('no internal IPv4 address is a peer, neither by permission nor by channel', async () => {
  const client = await allocated();
  for (const [index, host] of internalIPv4.entries()) {
    isRefused(await client.permit(host), codes.forbidden);
    isRefused(await client.bindChannel(0x4000 + index, { host, port: 80 }), codes.forbidden);
  }
});

test('no internal IPv6 address is a peer, nor is an IPv4 address that is written as one', async () => {
  // Where this machine has no IPv6 there is no such allocation to begin with.
  const client = await allocated(hasIPv6 ? 'IPv6' : 'IPv4');
  for (const [index, host] of internalIPv6.entries()) {
    const expected = hasIPv6 ? codes.forbidden : codes.familyMismatch;
    isRefused(await client.permit(host), expected);
    isRefused(await client.bindChannel(0x4000 + index, { host, port: 80 }), expected);
  }
});

test('an IPv4 allocation does not reach an IPv4 address by its IPv6 form', async () => {
  const client = await allocated();
  for (const host of ['::ffff:127.0.0.1', '::ffff:169.254.169.254', '64:ff9b::7f00:1', '::1']) {
    isRefused(await client.permit(host), codes.familyMismatch, codes.forbidden);
  }
});

test('what is sent to a peer without permission goes nowhere', async () => {
  const victim = createSocket('udp4').bind(0, '127.0.0.1');
  await once(victim, 'listening');
  let heard = 0;
  victim.on('message', () => (heard += 1));
  const client = await allocated();
  const { port } = victim.address();
  isRefused(await client.bindChannel(0x4001, { host: '127.0.0.1', port }), codes.forbidden);
  for (let turn = 0; turn < 20; turn += 1) client.send({ host: '127.0.0.1', port }, 'GET /');
  // The relay has dealt with all of them when it has answered what came after them.
  assert.ok((await client.refresh()).ok);
  await delay(200);
  assert.equal(heard, 0);
  victim.close();
});

test('there are no TCP connections to peers', async () => {
  const overTcp = await open(mint(), { transport: 'tcp' });
  isRefused(await overTcp.allocate({ transport: 'tcp' }), 400, 403, 442);
  const client = await allocated();
  isRefused(await client.connect({ host: '192.168.0.1', port: 80 }), 400, 403, 405, 437);
});

test('one seat has so many allocations and no more, however often it is taken; another one still gets its own', async () => {
  const comeBack = (time: number) => mint(new Date(Date.now() + time * 1_000), relay, 'a seat');
  for (let count = 0; count < userQuota; count += 1) await allocated('IPv4', comeBack(count % 60));
  for (const time of [0, 59, 60, 300]) isRefused(await (await open(comeBack(time))).allocate(), codes.quota);
  await allocated('IPv4', mint());
});

test('a public address is a permitted peer', async () => {
  const client = await allocated();
  for (const host of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '169.253.0.1']) {
    assert.ok((await client.permit(host)).ok, host);
  }
  if (!hasIPv6) return;
  const overIPv6 = await allocated('IPv6');
  for (const host of ['2606:4700::1111', '2a00::1', '2003::1']) {
    assert.ok((await overIPv6.permit(host)).ok, host);
  }
});

test('the relay notes nobody: neither address nor name is in what it writes', async () => {
  const credentials = mint();
  const client = await allocated('IPv4', credentials);
  isRefused(await client.permit('10.11.12.13'), codes.forbidden);
  assert.ok((await client.refresh(0)).ok);
  for (const trace of [credentials.username, '10.11.12.13', 'session', 'realm <']) {
    assert.ok(!relay.output().includes(trace), trace);
  }
});

test('a permitted peer is relayed both ways, and an allocation outlives its credentials', async () => {
  const own = await startRelay({ peersOfTest: ['127.0.0.1'], overrides: ['stale-nonce=1'] });
  const peer = createSocket('udp4').bind(0, '127.0.0.1');
  try {
    await once(peer, 'listening');
    const twoSecondsLeft = new Date(Date.now() - own.config.credentialMinutes * 60_000 + 2_000);
    const client = await open(mint(twoSecondsLeft, own), { port: own.ports.plain[0]! });
    const answer = await client.allocate();
    assert.ok(answer.ok && answer.relayed);
    assert.ok((await client.permit('127.0.0.1')).ok);

    const arrived = once(peer, 'message') as Promise<[Buffer, { port: number }]>;
    client.send({ host: '127.0.0.1', port: peer.address().port }, 'out');
    const [data, from] = await arrived;
    assert.equal(data.toString(), 'out');
    assert.equal(from.port, answer.relayed.port);
    peer.send('back', answer.relayed.port, '127.0.0.1');
    assert.equal((await client.receive()).data.toString(), 'back');

    await delay(4_000);
    assert.ok((await client.refresh()).ok, 'the allocation is refreshed');
    assert.ok((await client.permit('127.0.0.1')).ok, 'so is the permission');
    isRefused(await client.permit('10.0.0.1'), codes.forbidden);
    const late = await open(mint(twoSecondsLeft, own), { port: own.ports.plain[0]! });
    isRefused(await late.allocate(), codes.unauthorized);
  } finally {
    peer.close();
    await own.close();
  }
});
