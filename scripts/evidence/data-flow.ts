import { escape, type Table } from './page.ts';

type Place = {
  id: string;
  name: string;
  detail: string;
  x: number;
  y: number;
  owner: 'Praxis' | 'Patient' | 'Betreiber';
};
type Flow = {
  number: number;
  from: string;
  to: string;
  what: string;
  /** What whoever carries it can read. */
  readable: string;
  protection: string;
};

const width = 1080;
const height = 640;
const box = { width: 230, height: 84 };

const places: Place[] = [
  {
    id: 'practice',
    name: 'Browser der Praxis',
    detail: 'Praxisschlüssel, Klartext',
    x: 30,
    y: 60,
    owner: 'Praxis',
  },
  { id: 'window', name: 'Sprechzimmer-Fenster', detail: 'Bild, Ton, Chat', x: 30, y: 480, owner: 'Praxis' },
  {
    id: 'patient',
    name: 'Browser des Patienten',
    detail: 'Bild, Ton, Chat',
    x: 820,
    y: 480,
    owner: 'Patient',
  },
  {
    id: 'server',
    name: 'Server',
    detail: 'Konten, Chiffrate, Vermittlung',
    x: 425,
    y: 60,
    owner: 'Betreiber',
  },
  {
    id: 'relay',
    name: 'Relais (TURN)',
    detail: 'nur verschlüsselte Pakete',
    x: 425,
    y: 380,
    owner: 'Betreiber',
  },
  {
    id: 'database',
    name: 'PostgreSQL',
    detail: 'Zeilen, nach Plan gelöscht',
    x: 820,
    y: 20,
    owner: 'Betreiber',
  },
  {
    id: 'valkey',
    name: 'Valkey oder Redis',
    detail: 'nur bei mehreren Servern',
    x: 820,
    y: 130,
    owner: 'Betreiber',
  },
  {
    id: 'gateway',
    name: 'Mailserver, SMS-Dienst',
    detail: 'nur auf Wunsch der Praxis',
    x: 425,
    y: 245,
    owner: 'Betreiber',
  },
];

const flows: Flow[] = [
  {
    number: 1,
    from: 'practice',
    to: 'server',
    what: 'Anmeldung, Konten; Termine, Kontakte und Notizen als Chiffrat',
    readable: 'E-Mail-Adressen der Benutzer, Tag und Praktiker eines Termins, Verbindungsdaten',
    protection: 'https; Unterschrift des Geräts; Inhalte mit AES-256-GCM im Browser verschlossen',
  },
  {
    number: 2,
    from: 'window',
    to: 'server',
    what: 'Vermittlung (Signalisierung) der Praxis',
    readable:
      'wer wann wartet und aufgerufen wird, Adressen der Verbindungen; keine Inhalte, SDP oder Kandidaten',
    protection: 'wss; Inhalte zwischen den Enden verschlüsselt',
  },
  {
    number: 3,
    from: 'patient',
    to: 'server',
    what: 'Zugangscode als Kennung, Vermittlung des Patienten',
    readable: 'Hash der Kennung, Tag, Adresse der Verbindung',
    protection: 'wss; der Code selbst und der Name erreichen den Server nie',
  },
  {
    number: 4,
    from: 'window',
    to: 'patient',
    what: 'Bild, Ton, Chat, Dateien, Name',
    readable: 'nichts (kein Dritter beteiligt)',
    protection: 'DTLS-SRTP von Browser zu Browser; Zertifikat mit dem Code beglaubigt',
  },
  {
    number: 5,
    from: 'window',
    to: 'relay',
    what: 'dieselben Pakete, wo kein direkter Weg offen ist oder Adressen verborgen werden',
    readable: 'Adressen und Menge',
    protection: 'bleibt von Ende zu Ende verschlüsselt; das Relais schreibt nichts auf',
  },
  { number: 6, from: 'patient', to: 'relay', what: 'wie 5', readable: 'wie 5', protection: 'wie 5' },
  {
    number: 7,
    from: 'server',
    to: 'database',
    what: 'Konten, Chiffrate, Hashes, Zähler ohne Personen',
    readable: 'wie 1 bis 3',
    protection: 'inneres Netz oder Socket; Löschfristen',
  },
  {
    number: 8,
    from: 'server',
    to: 'valkey',
    what: 'Vermittlung zwischen Servern, Zähler der Drosselung',
    readable: 'wie 2 und 3; nichts wird aufbewahrt',
    protection: 'inneres Netz, Passwort',
  },
  {
    number: 9,
    from: 'server',
    to: 'gateway',
    what: 'Einladungen, die eine Praxis den Server senden lässt',
    readable: 'Empfänger, Text und, wenn die Praxis es will, der Link',
    protection: 'nur mit TLS; bis zum Senden verschlossen, dann gelöscht',
  },
  {
    number: 10,
    from: 'practice',
    to: 'window',
    what: 'Schlüssel der Termine des Tages',
    readable: 'niemand',
    protection: 'von Fenster zu Fenster im selben Browser',
  },
];

export const dataFlowTable: Table = {
  caption: 'Welche Daten wohin fließen',
  head: ['Nr.', 'Von', 'Nach', 'Was', 'Lesbar für den, der es befördert', 'Schutz'],
  rows: flows.map(({ number, from, to, what, readable, protection }) => [
    String(number),
    placeOf(from).name,
    placeOf(to).name,
    what,
    readable,
    protection,
  ]),
};

/** The picture; the table says the same in words. */
export function dataFlowSvg(): string {
  const description = `${flows.length} Datenflüsse zwischen ${places.length} Stellen; die Tabelle beschreibt jeden.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d" font-family="sans-serif">`,
    `<title id="t">Datenflüsse von Sprechzimmer</title><desc id="d">${escape(description)}</desc>`,
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#33415c"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...flows.map(line),
    ...places.map(drawPlace),
    ...flows.map(mark),
    legend(),
    '</svg>',
    '',
  ].join('\n');
}

const colours = { Praxis: '#dcebfa', Patient: '#e3f3e1', Betreiber: '#f4ecd8' };

function drawPlace({ name, detail, x, y, owner }: Place): string {
  const middle = x + box.width / 2;
  return (
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="8" fill="${colours[owner]}" stroke="#33415c"/>` +
    `<text x="${middle}" y="${y + 36}" text-anchor="middle" font-size="17" font-weight="600" fill="#1c2430">${escape(name)}</text>` +
    `<text x="${middle}" y="${y + 60}" text-anchor="middle" font-size="13" fill="#1c2430">${escape(detail)}</text>`
  );
}

function line(flow: Flow): string {
  const { start, end } = endsOf(flow);
  return `<line x1="${start.x}" y1="${start.y}" x2="${end.x}" y2="${end.y}" stroke="#33415c" stroke-width="2" marker-start="url(#head)" marker-end="url(#head)"/>`;
}

/** The flow's number, on its line; nearer to its beginning, where fewer lines cross. */
function mark(flow: Flow): string {
  const { start, end } = endsOf(flow);
  const x = Math.round(start.x + (end.x - start.x) * 0.4);
  const y = Math.round(start.y + (end.y - start.y) * 0.4);
  return `<circle cx="${x}" cy="${y}" r="14" fill="#fff" stroke="#33415c"/><text x="${x}" y="${y + 5}" text-anchor="middle" font-size="14" fill="#1c2430">${flow.number}</text>`;
}

/** Where the straight line between two middles leaves the one box and enters the other. */
function endsOf({ from, to }: Flow) {
  const [a, b] = [middleOf(placeOf(from)), middleOf(placeOf(to))];
  return { start: edge(a, b), end: edge(b, a) };
}

function edge(from: { x: number; y: number }, to: { x: number; y: number }) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.min(
    dx === 0 ? Infinity : box.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : box.height / 2 / Math.abs(dy),
  );
  return { x: Math.round(from.x + dx * share), y: Math.round(from.y + dy * share) };
}

function middleOf({ x, y }: Place) {
  return { x: x + box.width / 2, y: y + box.height / 2 };
}

function placeOf(id: string): Place {
  const place = places.find((one) => one.id === id);
  if (!place) throw new TypeError(`no place ${id}`);
  return place;
}

function legend(): string {
  return Object.entries(colours)
    .map(
      ([owner, colour], index) =>
        `<rect x="${30 + index * 180}" y="600" width="20" height="20" rx="4" fill="${colour}" stroke="#33415c"/>` +
        `<text x="${58 + index * 180}" y="616" font-size="14" fill="#1c2430">bei: ${owner}</text>`,
    )
    .join('');
}
