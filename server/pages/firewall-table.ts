import type { Config } from '../http/config.ts';
import type { ProductLanguage } from './page-names.ts';

/** One way that has to be open, from a practice or a patient to the outside. */
export type FirewallRow = {
  purpose: 'practice' | 'room' | 'stun' | 'udp' | 'tcp' | 'tls' | 'media' | 'direct';
  host: string | undefined;
  protocol: 'TCP' | 'UDP' | 'TCP (TLS)';
  ports: string;
};

/** From which ports the relay sends what it passes on; deploy/turnserver-conf.ts tells it so. */
const relayedPorts = '49152–65535';

type Ways = Pick<Config, 'practiceOrigin' | 'roomOrigin' | 'stunUrls' | 'relay'>;

/** What a firewall must let through, as this server is set up. */
export function firewallRows({ practiceOrigin, roomOrigin, stunUrls, relay }: Ways): FirewallRow[] {
  const relayHosts = new Set((relay?.urls ?? []).map((url) => splitUrl(url).host));
  return [
    webRow('practice', practiceOrigin),
    webRow('room', roomOrigin),
    ...gather([...stunUrls, ...(relay?.urls ?? [])].map(wayOf)),
    ...[...relayHosts].map((host): FirewallRow => ({
      purpose: 'media',
      host,
      protocol: 'UDP',
      ports: relayedPorts,
    })),
    { purpose: 'direct', host: undefined, protocol: 'UDP', ports: '' },
  ];
}

function webRow(purpose: 'practice' | 'room', origin: string): FirewallRow {
  const { protocol, hostname, port } = new URL(origin);
  return { purpose, host: hostname, protocol: 'TCP', ports: port || (protocol === 'https:' ? '443' : '80') };
}

function splitUrl(url: string) {
  const [, scheme = '', host = '', port, transport] =
    /^(stuns?|turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(\w+))?$/.exec(url) ?? [];
  return { scheme, host, port, transport };
}

/** The standards' ports where an address names none (RFC 7064, RFC 7065). */
function wayOf(url: string): FirewallRow {
  const { scheme, host, port, transport } = splitUrl(url);
  const isTls = scheme.endsWith('s');
  const ports = port ?? (isTls ? '5349' : '3478');
  if (isTls) return { purpose: 'tls', host, protocol: 'TCP (TLS)', ports };
  if (transport === 'tcp') return { purpose: 'tcp', host, protocol: 'TCP', ports };
  return { purpose: scheme === 'stun' ? 'stun' : 'udp', host, protocol: 'UDP', ports };
}

/** One row for all ports of the same way. */
function gather(rows: FirewallRow[]): FirewallRow[] {
  const gathered = Map.groupBy(rows, ({ purpose, host, protocol }) => `${purpose} ${host} ${protocol}`);
  return [...gathered.values()].map((same) => ({
    ...same[0]!,
    ports: [...new Set(same.map(({ ports }) => ports))].join(', '),
  }));
}

const german = {
  heads: ['Wofür', 'Adresse', 'Protokoll', 'Ports'],
  purposes: {
    practice: 'Praxis-App',
    room: 'Videosprechstunde',
    stun: 'Weg von Gerät zu Gerät finden (STUN)',
    udp: 'Zwischenstelle (TURN)',
    tcp: 'Zwischenstelle, wenn UDP gesperrt ist',
    tls: 'Zwischenstelle, verschlüsselt',
    media: 'Bild und Ton von der Zwischenstelle',
    direct: 'Bild und Ton direkt von Gerät zu Gerät',
  },
  anyHost: 'alle',
  anyPort: 'alle',
};

const english: typeof german = {
  heads: ['What for', 'Address', 'Protocol', 'Ports'],
  purposes: {
    practice: 'Practice app',
    room: 'Video consultation',
    stun: 'Finding a way from device to device (STUN)',
    udp: 'Relay (TURN)',
    tcp: 'Relay, where UDP is blocked',
    tls: 'Relay, encrypted',
    media: 'Picture and sound from the relay',
    direct: 'Picture and sound directly from device to device',
  },
  anyHost: 'any',
  anyPort: 'any',
};

/** As Markdown. Addresses are parsed settings without `|` and quotes. */
export function firewallTable(config: Ways, language: ProductLanguage): string {
  const say = language === 'de' ? german : english;
  const lines = firewallRows(config).map(({ purpose, host, protocol, ports }) => [
    say.purposes[purpose],
    host === undefined ? say.anyHost : `\`${host}\``,
    protocol,
    ports || say.anyPort,
  ]);
  return [say.heads, say.heads.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
