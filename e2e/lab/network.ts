import { makeNamespaces, type Namespace, removeNamespaces } from './namespaces.ts';

/** An access line and its router, as they can be set. Everything that is not named is as good as it gets. */
export type Line = {
  /** What the router does to IPv4: nothing, keep the port (port-restricted), or a new port for each peer (symmetric). */
  nat?: 'port-restricted' | 'symmetric';
  /** What the network's firewall keeps back. It says nothing of it: packets vanish. */
  blocked?: 'udp' | 'all-but-443' | 'everything';
  kbit?: number;
  /** Of a hundred packets, in each direction. */
  lossPercent?: number;
};
export type LineName = keyof typeof lines;
export type Family = 4 | 6;

export type Network = {
  /** Where web server and relay are. */
  internet: Namespace;
  practice: Namespace;
  patient: Namespace;
  setLine(name: LineName, line: Line): void;
  /** Whether the two at the ends have IPv4 only, or IPv6 only. Set it before their browsers start. */
  setFamily(family: Family): void;
  /** The patient leaves the house: Wi-Fi is gone, the mobile network is there, with another address. */
  moveToMobile(): void;
  moveHome(): void;
  close(): void;
};

/** In the networks kept for documentation (RFC 5737, RFC 3849), so that nobody's real address is meant. */
export const addresses = {
  web: { 4: '203.0.113.10', 6: '2001:db8:113::10' },
  relay: { 4: '203.0.113.20', 6: '2001:db8:113::20' },
} as const;

const lines = {
  practice: { host: 101, net4: '192.168.1', net6: '2001:db8:1', end: 'practice', device: 'wired' },
  patient: { host: 102, net4: '192.168.2', net6: '2001:db8:2', end: 'patient', device: 'wifi' },
  mobile: { host: 103, net4: '100.64.0', net6: '2001:db8:3', end: 'patient', device: 'mobile' },
} as const;
const lineNames = Object.keys(lines) as LineName[];
const wan4 = (name: LineName) => `203.0.113.${lines[name].host}`;
const wan6 = (name: LineName) => `2001:db8:113::${lines[name].host}`;

const roles = [
  'internet',
  'practice',
  'patient',
  'practice-router',
  'patient-router',
  'mobile-router',
] as const;

/**
 * ```
 *              internet: web server 203.0.113.10, relay 203.0.113.20
 *            /                     |                             \
 *   practice-router .101    patient-router .102           mobile-router .103
 *            |                     | Wi-Fi                       | mobile
 *        practice                  +---------- patient ----------+
 * ```
 */
export function openNetwork(): Network {
  const all = makeNamespaces(roles);
  const { internet, practice, patient } = all;
  const { web, relay } = addresses;
  internet.ip(
    'link add internet type bridge',
    'link set internet up',
    ...[web, relay].map((address) => `addr add ${address[4]}/24 dev internet`),
    ...[web, relay].map((address) => `addr add ${address[6]}/64 dev internet nodad`),
  );
  for (const name of lineNames) layLine(internet, all[`${name}-router`], all[lines[name].end], name);
  for (const name of lineNames) {
    const others = lineNames.filter((other) => other !== name);
    all[`${name}-router`].ip(...others.flatMap(routesTo));
  }
  internet.ip(...lineNames.flatMap(routesTo));

  let family: Family = 4;
  let patientOn: LineName = 'patient';
  function movePatient(to: LineName): void {
    disconnect(patient, patientOn);
    connect(patient, to, family);
    patientOn = to;
  }
  const network: Network = {
    internet,
    practice,
    patient,
    setLine: (name, line) => setLine(all[`${name}-router`], line),
    setFamily(wanted) {
      family = wanted;
      for (const end of [practice, patient]) end.set('ipv6/conf/all/disable_ipv6', family === 4 ? 1 : 0);
      disconnect(practice, 'practice');
      connect(practice, 'practice', family);
      movePatient('patient');
    },
    moveToMobile: () => movePatient('mobile'),
    moveHome: () => movePatient('patient'),
    close: () => removeNamespaces(Object.values(all)),
  };
  for (const name of lineNames) network.setLine(name, {});
  network.setFamily(4);
  return network;
}

/** Two cables: from the internet to the router, and from the router to the device. */
function layLine(internet: Namespace, router: Namespace, device: Namespace, name: LineName): void {
  const { net4, net6, device: port } = lines[name];
  internet.ip(
    `link add to-${name} type veth peer name wan netns ${router.name}`,
    `link set to-${name} master internet up`,
  );
  router.set('ipv4/ip_forward', 1);
  router.set('ipv6/conf/all/forwarding', 1);
  router.ip(
    `link add lan type veth peer name ${port} netns ${device.name}`,
    'link set wan up',
    'link set lan up',
    `addr add ${wan4(name)}/24 dev wan`,
    `addr add ${wan6(name)}/64 dev wan nodad`,
    `addr add ${net4}.1/24 dev lan`,
    `addr add ${net6}::1/64 dev lan nodad`,
  );
}

/** Used where nothing is translated. */
function routesTo(name: LineName): string[] {
  const { net4, net6 } = lines[name];
  return [`route add ${net4}.0/24 via ${wan4(name)}`, `route add ${net6}::/64 via ${wan6(name)}`];
}

function connect(end: Namespace, name: LineName, family: Family): void {
  const { net4, net6, device } = lines[name];
  end.ip(
    `link set ${device} up`,
    ...(family === 4
      ? [`addr add ${net4}.2/24 dev ${device}`, `route add 0.0.0.0/0 via ${net4}.1 dev ${device}`]
      : [`addr add ${net6}::2/64 dev ${device} nodad`, `route add ::/0 via ${net6}::1 dev ${device}`]),
  );
}

/** Its addresses and routes go too. */
function disconnect(end: Namespace, name: LineName): void {
  const { device } = lines[name];
  end.ip(`addr flush dev ${device}`, `link set ${device} down`);
}

function setLine(router: Namespace, { nat, blocked, kbit, lossPercent }: Line): void {
  const masquerade = nat === 'symmetric' ? 'masquerade random,fully-random' : 'masquerade';
  // What is not expected is dropped in the input chain too: a packet that arrives before its hole is punched would
  // otherwise count as a connection to the router itself, and the hole would get another port.
  router.nft(`flush ruleset
    table inet line {
      chain input {
        type filter hook input priority 0; policy drop;
        meta l4proto { icmp, ipv6-icmp } accept
      }
      chain forwarding {
        type filter hook forward priority 0; policy drop;
        ${lossPercent ? `numgen random mod 100 < ${lossPercent} drop` : ''}
        ${blocked ? blockingRules[blocked] : ''}
        ${nat ? 'ct state established,related accept; iifname "lan" accept' : 'accept'}
      }
      chain postrouting {
        type nat hook postrouting priority 100;
        ${nat ? `meta nfproto ipv4 oifname "wan" ${masquerade}` : ''}
      }
    }
  `);
  // A queue of a third of a second, as an ordinary router keeps it.
  const queue = kbit === undefined ? 'pfifo' : `tbf rate ${kbit}kbit burst 4kb latency 300ms`;
  router.tc(...['wan', 'lan'].map((side) => `qdisc replace dev ${side} root ${queue}`));
}

const blockingRules = {
  udp: 'meta l4proto udp drop',
  'all-but-443': 'tcp dport 443 accept; tcp sport 443 accept; drop',
  everything: 'drop',
};
