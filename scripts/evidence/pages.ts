import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../server/http/config.ts';
import { accessibilityChecks, accessibilityGaps } from './accessibility.ts';
import { type AsvsRequirement, asvsStates, type NamedTest, readAsvs } from './asvs.ts';
import { cryptographyTable } from './cryptography.ts';
import { dataFlowSvg, dataFlowTable } from './data-flow.ts';
import { csv, page, type Table } from './page.ts';
import { retentionTable } from './retention.ts';
import { chosenServices, settingsInForce } from './settings-in-force.ts';

/** What the database said; `missing`: why there is nothing. */
export type Database =
  | { missing: string; migrations?: undefined; expected?: undefined; deletions?: undefined }
  | { missing?: undefined; migrations: string[]; expected: string[]; deletions: string };

export type Facts = {
  root: string;
  config: Config;
  now: Date;
  version: string;
  database: Database;
  manifests: Record<string, string | undefined>;
};

const noCertificate =
  'Diese Mappe ist eine Auskunft der Entwickler über die Software und über die Einstellungen dieses Servers. Sie ist kein Zertifikat und ersetzt keines: ' +
  'Zertifiziert wird der Anbieter mit seinem Dienst (Anlage 31b BMV-Ä), von einer akkreditierten Stelle, nicht ein Programm.';

export const thirdPartyTests: NamedTest[] = [
  { file: 'scripts/budget.test.ts', name: 'bundles within the budget and without foreign hosts pass' },
  { file: 'scripts/budget.test.ts', name: 'a foreign host in a stylesheet or in the page is found' },
  {
    file: 'server/pages/serve-pages.test.ts',
    name: 'no page asks for anything from elsewhere, runs anything or styles anything by itself',
  },
  { file: 'server/server.test.ts', name: 'every answer carries the strict headers of its app' },
];

export const retentionTests: NamedTest[] = [
  {
    file: 'server/retention/walk.test.ts',
    name: 'through eight months, with retention shortened and lengthened, each day has what it should and the log what went',
  },
  {
    file: 'server/retention/walk.test.ts',
    name: 'no row of a table that has a time is older than ninety days, whatever a practice had',
  },
  {
    file: 'server/retention/delete-practice.test.ts',
    name: 'of a deleted practice no table has a row, nor its ids or its bytes anywhere; its neighbour keeps all',
  },
];

/** Every page and table of the evidence, by file name. */
export function evidencePages(facts: Facts): Record<string, string> {
  const asvs = readAsvs(readFileSync(join(facts.root, 'docs', 'asvs.txt'), 'utf8'));
  const asvsTable = tableOf(asvs);
  return {
    'index.html': index(facts, asvs),
    'datenfluss.svg': dataFlowSvg(),
    'datenfluss.html': page('Datenflüsse', 'Das Bild, und dasselbe als Tabelle.', [
      { heading: 'Bild', svg: dataFlowSvg() },
      { heading: 'Tabelle', table: dataFlowTable },
    ]),
    'kryptographie.html': page(
      'Kryptographie',
      'Selbsteinschätzung der Entwickler gegen die Technische Richtlinie BSI TR-02102; die gültige Fassung ist nachzulesen. Alle Einzelheiten bis auf das Byte stehen in docs/cryptography.md, mit Testvektoren, gegen die dieselbe Prüfung in Node, Chromium und Firefox läuft.',
      [{ heading: 'Tabelle', table: cryptographyTable }],
    ),
    'loeschfristen.html': retention(facts),
    'asvs.html': page('OWASP ASVS 5.0.0', asvsLead(asvs), [
      { heading: 'Anforderungen der Stufen 1 und 2', table: asvsTable },
    ]),
    'asvs.csv': csv(asvsTable),
    'dritte.html': thirdParties(facts),
    'barrierefreiheit.html': accessibility(),
    'einstellungen.html': page(
      'Einstellungen',
      `Stand ${day(facts.now)}. Geheimnisse werden nicht gezeigt, nur ob es sie gibt.`,
      [{ heading: 'In Kraft', table: settingsInForce(facts.config) }],
    ),
  };
}

function index({ now, version, database, manifests, config }: Facts, asvs: AsvsRequirement[]): string {
  const contents: [string, string][] = [
    ['datenfluss.html', 'Datenflüsse: Bild und Tabelle'],
    ['kryptographie.html', 'Verfahren und Längen, gegen BSI TR-02102'],
    ['loeschfristen.html', 'Löschfristen jeder Tabelle'],
    ...(database.deletions === undefined
      ? []
      : [['loeschprotokoll.csv', 'Löschprotokoll, in Zahlen und ohne Personen'] as [string, string]]),
    ['asvs.html', `OWASP ASVS 5.0.0, ${asvs.length} Anforderungen mit Tests (auch als asvs.csv)`],
    ['stueckliste.cdx.json', 'Stückliste der Software (CycloneDX 1.6)'],
    ['dritte.html', 'Dritte: keine; Dienste des Betreibers'],
    ['barrierefreiheit.html', 'Barrierefreiheit: was geprüft ist und was nicht'],
    ['einstellungen.html', 'Einstellungen in Kraft, ohne Geheimnisse'],
    ['SHA256SUMS', 'Prüfsummen dieser Dateien'],
  ];
  const builds = Object.entries(manifests).map(([app, text]) => [
    app === 'practice' ? 'Praxis-App' : 'Sprechzimmer',
    app === 'practice' ? config.practiceOrigin : config.roomOrigin,
    text === undefined
      ? 'nicht gebaut'
      : `SHA-256 ${createHash('sha256').update(text).digest('hex')}\n[[manifest-${app}.json]]`,
  ]);
  return page(`Sprechzimmer ${version}: Nachweise`, noCertificate, [
    {
      heading: 'Stand',
      text: [
        `Geschrieben am ${day(now)} für Version ${version}.`,
        database.migrations === undefined
          ? `${database.missing} Es fehlen: Löschprotokoll und Stand der Datenbank.`
          : databaseState(database.migrations, database.expected),
      ],
    },
    {
      heading: 'Inhalt',
      table: {
        caption: 'Dateien',
        head: ['Datei', 'Was darin steht'],
        rows: contents.map(([name, what]) => [`[[${name}]]`, what]),
      },
    },
    {
      heading: 'Was ausgeliefert wird',
      text: [
        'Aus denselben Quellen entsteht Byte für Byte dasselbe; jeder kann das, was dieser Server ausliefert, damit vergleichen (sprechzimmer verify).',
      ],
      table: {
        caption: 'Verzeichnisse der gebauten Oberflächen',
        head: ['Oberfläche', 'Adresse', 'Verzeichnis'],
        rows: builds,
      },
    },
    {
      heading: 'Was nicht darin steht',
      text: [
        'Was der Anbieter tut: Betrieb, Personal, Verträge, Auftragsverarbeitung, Datenschutz-Folgenabschätzung, Notfallplan, Prüfung durch Dritte.',
        'In English: this folder tells what the software does and how this server is set. It is no certificate; certification belongs to the provider and its service.',
      ],
    },
  ]);
}

function retention({ root, config, database }: Facts): string {
  return page(
    'Löschfristen',
    `Metadaten werden nach höchstens ${config.retentionMaxDays} Tagen gelöscht; jeder Server sucht alle zehn Minuten, was fällig ist.`,
    [
      { heading: 'Fristen', table: retentionTable },
      {
        heading: 'Löschprotokoll',
        text: [
          database.deletions === undefined
            ? `${database.missing} Das Löschprotokoll fehlt in dieser Mappe.`
            : '[[loeschprotokoll.csv]]: jede Löschung in Zahlen, in derselben Transaktion geschrieben wie die Löschung selbst.',
        ],
      },
      { heading: 'Tests', table: testTable('Wie das nachgewiesen ist', retentionTests) },
      {
        heading: 'Ausführlich (docs/retention.md)',
        verbatim: readFileSync(join(root, 'docs', 'retention.md'), 'utf8'),
      },
    ],
  );
}

function thirdParties({ config }: Facts): string {
  return page(
    'Dritte',
    'Das Produkt ruft niemanden an, den der Betreiber nicht selbst in den Einstellungen nennt: keine Schriften, keine Zählung, keine Bibliotheken von fremden Servern, keine Fehlerberichte.',
    [
      {
        heading: 'Von den Browsern aus: keine',
        text: ['Die Richtlinie jeder Seite lässt nur den eigenen Server zu.'],
        table: testTable('Womit das geprüft wird', thirdPartyTests),
      },
      { heading: 'Vom Server aus', table: chosenServices(config) },
    ],
  );
}

function accessibility(): string {
  return page(
    'Barrierefreiheit',
    'Ziel ist WCAG 2.2, Stufe AA. Das ist ein Bericht über Tests der Entwickler, keine Erklärung zur Barrierefreiheit: die gibt der Anbieter ab.',
    [
      {
        heading: 'Was geprüft wird',
        table: {
          caption: 'Bei jeder Änderung, in echten Browsern',
          head: ['Was', 'Tests'],
          rows: accessibilityChecks.map(({ what, tests }) => [what, tests.map(testText).join('\n')]),
        },
      },
      { heading: 'Was nicht geprüft ist', text: accessibilityGaps },
    ],
  );
}

function databaseState(migrations: string[], expected: string[]): string {
  const last = migrations.at(-1) ?? 'keine';
  const open = expected.filter((name) => !migrations.includes(name));
  return open.length === 0
    ? `Die Datenbank ist auf dem Stand ${last}.`
    : `Der Datenbank fehlen noch: ${open.join(', ')}.`;
}

function asvsLead(asvs: AsvsRequirement[]): string {
  const counts = asvsStates.map((state) => `${state} ${asvs.filter((one) => one.state === state).length}`);
  return `Selbsteinschätzung der Entwickler gegen die Stufen 1 und 2, keine Prüfung durch Dritte; Stufe 3 ist nicht bewertet. ${counts.join(', ')}. Die Anforderungen selbst veröffentlicht das OWASP.`;
}

function tableOf(asvs: AsvsRequirement[]): Table {
  return {
    caption: 'Anforderung, Stand und Tests',
    head: ['Nummer', 'Stufe', 'Stand', 'Wie', 'Tests'],
    rows: asvs.map(({ id, level, state, how, tests }) => [
      id,
      String(level),
      state.replace('-', ' '),
      how,
      tests.map(testText).join('\n') ||
        (state === 'erfüllt' || state === 'teilweise' ? 'kein eigener Test' : ''),
    ]),
  };
}

function testTable(caption: string, tests: NamedTest[]): Table {
  return { caption, head: ['Datei', 'Test'], rows: tests.map(({ file, name }) => [file, name]) };
}

function testText({ file, name }: NamedTest): string {
  return `${file}: ${name}`;
}

function day(now: Date): string {
  return now.toISOString().slice(0, 10);
}
