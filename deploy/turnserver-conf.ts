/** What coturn's configuration is made of. */
export type TurnserverSetup = {
  /** The addresses that browsers are given (`TURN_URLS`): their ports are the ones it listens on. */
  urls: string[];
  /** Shared with the server (`TURN_SECRET`). */
  secret: string;
  /** The addresses of the relay's own machine to listen on and to relay from. */
  listen: string[];
  /** The address under which the world sees this machine, where its own one is another. */
  external?: string;
  /** PEM files on the relay's machine; needed with a `turns:` address. */
  tls?: { certificate: string; key: string };
  /**
   * Only where a test's browsers have nothing but private addresses: peers, as addresses or ranges, that are relayed
   * though they are internal. No setting reaches this.
   */
  peersOfTest?: string[];
};

/** How many allocations one seat may have, however often it is taken: a host has a connection for each who waits, each with several. */
export const userQuota = 240;

/**
 * Peers that nobody may reach through the relay: whatever is not a public address (IANA's special-purpose registries), so
 * that it opens no way into the operator's own network, whichever way an address is written.
 */
const deniedPeers = [
  '0.0.0.0-0.255.255.255', // this network
  '10.0.0.0-10.255.255.255', // private
  '100.64.0.0-100.127.255.255', // carriers' NAT
  '127.0.0.0-127.255.255.255', // loopback
  '169.254.0.0-169.254.255.255', // link-local, and the metadata of clouds
  '172.16.0.0-172.31.255.255', // private
  '192.0.0.0-192.0.0.255', // protocol assignments
  '192.0.2.0-192.0.2.255', // documentation
  '192.88.99.0-192.88.99.255', // 6to4 relays
  '192.168.0.0-192.168.255.255', // private
  '198.18.0.0-198.19.255.255', // benchmarks
  '198.51.100.0-198.51.100.255', // documentation
  '203.0.113.0-203.0.113.255', // documentation
  '224.0.0.0-255.255.255.255', // multicast, reserved, broadcast
  '::1-::ffff:ffff', // loopback, IPv4-compatible; coturn refuses :: itself, and takes it for all of IPv4 in a range
  '::ffff:0:0-::ffff:ffff:ffff', // IPv4-mapped
  '::ffff:0:0:0-::ffff:0:ffff:ffff', // IPv4-translated
  '64:ff9b::-64:ff9b::ffff:ffff', // NAT64
  '64:ff9b:1::-64:ff9b:1:ffff:ffff:ffff:ffff:ffff', // NAT64 of one's own
  '100::-100::ffff:ffff:ffff:ffff', // discard
  '2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', // protocol assignments, Teredo (IPv4 in IPv6) among them
  '2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', // documentation
  '2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', // 6to4: IPv4 in IPv6
  '3fff::-3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', // documentation
  '4000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', // not global unicast: unique local, link-local, multicast
];

/**
 * The relay's configuration file, for coturn 4.6 or newer.
 * @throws Error that says what does not go together
 */
export function turnserverConf(setup: TurnserverSetup): string {
  return [
    '# The relay of Sprechzimmer, made from its settings (see deploy/README.md). It holds a secret: chmod 600.',
    '',
    ...listeners(setup),
    '',
    '# Only names that the server has signed, for as long as it says.',
    'use-auth-secret',
    `static-auth-secret=${setup.secret}`,
    `realm=${realmOf(setup.urls)}`,
    'stale-nonce=600',
    'fingerprint',
    'no-software-attribute',
    'no-cli',
    '',
    ...quotas,
    '',
    ...peers(setup),
    '',
    '# It would note the addresses and names of all who use it. To look for a fault, take out these two for a while.',
    'log-file=/dev/null',
    'no-stdout-log',
    '',
  ].join('\n');
}

const quotas = [
  '# Allocations of one name, and of all; bytes a second of one allocation in each direction: 8 Mbit/s.',
  `user-quota=${userQuota}`,
  'total-quota=8000',
  'max-bps=1000000',
  'min-port=49152',
  'max-port=65535',
];

function listeners({ urls, listen, external, tls }: TurnserverSetup): string[] {
  const plain = portsOf(urls, 'turn:', 3478);
  const secure = portsOf(urls, 'turns:', 5349);
  if (plain.length === 0) throw new Error('The relay needs at least one turn: address.');
  if (listen.length === 0) throw new Error('The relay needs an address to listen on.');
  if (secure.length > 0 && !tls) throw new Error('A turns: address needs a certificate and its key.');
  const further = [...plain.slice(1), ...secure.slice(1)];
  return [
    ...listen.flatMap((address) => [`listening-ip=${address}`, `relay-ip=${address}`]),
    ...(external ? [`external-ip=${external}/${listen[0]}`] : []),
    `listening-port=${plain[0]}`,
    ...(secure.length > 0 ? tlsLines(secure[0]!, tls!) : ['no-tls']),
    'no-dtls',
    '# Further ports; each of them tells TLS from the rest by itself.',
    ...further.flatMap((port) => listen.map((address) => `aux-server=${bracketed(address)}:${port}`)),
    'no-rfc5780',
  ];
}

function tlsLines(port: number, { certificate, key }: { certificate: string; key: string }): string[] {
  return [
    `tls-listening-port=${port}`,
    `cert=${certificate}`,
    `pkey=${key}`,
    'no-tlsv1',
    'no-tlsv1_1',
    'cipher-list=ECDHE+AESGCM:ECDHE+CHACHA20',
  ];
}

function peers({ peersOfTest = [] }: TurnserverSetup): string[] {
  const isLoopback = peersOfTest.some((peer) => /^(127\.|::1)/.test(peer));
  return [
    '# UDP to public addresses, and nothing else.',
    'no-tcp-relay',
    'no-multicast-peers',
    ...(isLoopback ? ['allow-loopback-peers'] : []),
    ...peersOfTest.map((peer) => `allowed-peer-ip=${peer}`),
    ...deniedPeers.map((range) => `denied-peer-ip=${range}`),
  ];
}

/** Each port once, in the order of the addresses, with the next one behind the first: for who finds one of them shut. */
function portsOf(urls: string[], scheme: 'turn:' | 'turns:', usual: number): number[] {
  const ports = urls
    .filter((url) => url.startsWith(scheme))
    .map((url) => Number(/:(\d+)(\?|$)/.exec(url)?.[1] ?? usual));
  const [first] = ports;
  return first === undefined ? [] : [...new Set([...ports, first + 1])];
}

function realmOf(urls: string[]): string {
  return /^turns?:(\[[^\]]+\]|[^:?]+)/.exec(urls[0] ?? '')?.[1] ?? 'sprechzimmer';
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
