import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

const texts = join(import.meta.dirname, 'texts', 'hilfe');
const web = join(import.meta.dirname, '..', '..', 'web');
const help = async (name: string) => readFile(join(texts, name), 'utf8');

/** Everything that the apps say, and the words of buttons that are written where they are drawn. */
async function wordsOfApps(): Promise<string> {
  const entries = await readdir(web, { recursive: true });
  const catalogues = entries.filter(
    (name) => /messages[^/]*\.ts$/.test(name) && !/node_modules|dist\//.test(name),
  );
  return (await Promise.all(catalogues.map((name) => readFile(join(web, name), 'utf8')))).join('\n');
}

/** What our help says that one finds in our own apps; other quoted words are those of browsers and systems. */
const named: Record<string, string[]> = {
  'erste-schritte-patienten.md': [
    'Test beginnen',
    'Alles bereit für Ihren Termin',
    'Ins Wartezimmer',
    'Auflegen',
    'Zurück ins Wartezimmer',
  ],
  'erste-schritte-patienten.en.md': [
    'Begin the test',
    'Everything is ready for your appointment',
    'Go to the waiting room',
    'Hang up',
    'Back to the waiting room',
  ],
  'erste-schritte-praxis.md': [
    'Praxis anlegen',
    'Dieses Gerät anmelden',
    'Benutzer',
    'Neuer Termin',
    'Termin anlegen',
    'Sprechzimmer öffnen',
    'Hereinbitten',
    'Beenden',
    'Einstellungen',
    'Netz und Firewall',
    'Verbindung prüfen',
  ],
  'erste-schritte-praxis.en.md': [
    'Register a practice',
    'Sign this device in',
    'Users',
    'New appointment',
    'Make appointment',
    'Open consulting room',
    'Call in',
    'End',
    'Settings',
    'Network and firewall',
    'Check the connection',
  ],
  'e-mail-programm.md': ['Text ansehen', 'E-Mail schreiben'],
  'e-mail-programm.en.md': ['Show the text', 'Write e-mail'],
  'datenvolumen.en.md': ['Encrypted', 'Data so far'],
  'firewall.en.md': ['Settings', 'Network and firewall', 'Check the connection', 'Details for the IT staff'],
  'datenvolumen.md': ['Verschlüsselt', 'Daten bisher'],
  'firewall.md': ['Einstellungen', 'Netz und Firewall', 'Verbindung prüfen', 'Einzelheiten für die Technik'],
};

test('what the help calls a button or a line is what the apps call it', async () => {
  const apps = await wordsOfApps();
  for (const [file, words] of Object.entries(named)) {
    const text = await help(file);
    for (const word of words) {
      assert.match(text, new RegExp(`[„“]${word}[“”]`), `${file}: ${word}`);
      assert.ok(apps.includes(word), `no app says ${word}`);
    }
  }
});

test('the oldest browsers that the help names are those that the apps are built for', async () => {
  const built = await readFile(join(web, 'vite.shared.ts'), 'utf8');
  for (const file of ['browser.md', 'browser.en.md']) {
    const text = await help(file);
    for (const name of ['Chrome', 'Edge', 'Firefox', 'Safari']) {
      const [, version] = new RegExp(`^\\| ${name} +\\| (\\d+) `, 'm').exec(text) ?? [];
      assert.ok(built.includes(`'${name.toLowerCase()}${version}'`), `${file}: ${name} ${version}`);
    }
  }
});

test('the figures on data volume follow from the limits that the call engine keeps', async () => {
  const quality = await readFile(join(web, '..', 'docs', 'quality.md'), 'utf8');
  assert.match(
    quality,
    /180, 240, 360, 540 and 720 lines [^.]*, with at most 90, 200, 450, 900 and 1,700 kbit\/s/,
  );
  assert.match(quality, /Opus takes 32 kbit\/s, 24 from 240 lines\ndown and 16 below/);
  // Picture, and the sound twice, in both directions.
  const kilobits = [1700 + 2 * 32, 450 + 2 * 32, 90 + 2 * 16, 2 * 32].map((one) => 2 * one);
  for (const file of ['datenvolumen.md', 'datenvolumen.en.md']) {
    const rows = [...(await help(file)).matchAll(/^\|.*?\|(.* [MG]B.*)\|$/gm)].map(([, cells]) =>
      cells!.split('|').map(megabytes),
    );
    assert.equal(rows.length, kilobits.length);
    for (const [index, row] of rows.entries()) {
      for (const [column, minutes] of [15, 30, 60].entries()) {
        const exact = (kilobits[index]! * 1000 * 60 * minutes) / 8 / 1_000_000;
        const told = row[column]!;
        assert.ok(told >= exact * 0.99 && told <= exact * 1.07, `${file}: ${told} MB for ${exact}`);
      }
    }
  }
});

function megabytes(cell: string): number {
  const [, amount = '', unit] = /([\d.,]+) ([MG])B/.exec(cell) ?? [];
  return Number(amount.replace(',', '.')) * (unit === 'G' ? 1000 : 1);
}
