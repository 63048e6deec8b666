import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { openDatabase } from '../server/db/database.ts';
import { migrate } from '../server/db/migrate.ts';
import { readConfig, settingKeys } from '../server/http/config.ts';
import { type OperatorsDatabase, openOperatorsDatabase } from '../server/testing/operators-database.ts';
import { writeEvidence } from './admin-evidence.ts';
import { ensureWebBuilt, repositoryRoot } from './build.ts';
import { cryptographyTable } from './evidence/cryptography.ts';
import { dataFlowSvg } from './evidence/data-flow.ts';
import { retentionTable } from './evidence/retention.ts';
import { shownSettings } from './evidence/settings-in-force.ts';

const timeout = 120_000;
const now = new Date('2026-11-28T10:00:00Z');
/** Of every kind that a setting may hold; none of it may be found in the evidence. */
const canaries = {
  TURN_SECRET: 'kanarie-turn-secret-0123456789',
  SERVER_KEY: 'ca'.repeat(32),
  SMTP_URL: 'smtps://kanarie-user:kanarie-password@mail.example.org',
  SMS_URL: 'https://sms.example.org/kanarie-path',
  SMS_TOKEN: 'kanarie-token',
  REDIS_URL: 'redis://kanarie-user:kanarie-password@valkey.example.org:6379',
};

let scratch: string;
let database: OperatorsDatabase;

before(
  async () => {
    await ensureWebBuilt();
    scratch = mkdtempSync(join(tmpdir(), 'sprechzimmer-evidence-'));
    database = await openOperatorsDatabase();
    const db = openDatabase({ connectionString: database.url });
    await migrate(db);
    await db
      .insertInto('deletion_log')
      .values({
        at: now,
        day: '2026-11-27',
        kind: 'appointment',
        rule: 'retention',
        count: 7,
        oldest: '2026-08-01',
        newest: '2026-08-29',
      })
      .execute();
    await db.destroy();
  },
  { timeout },
);
after(async () => {
  await database?.close();
  rmSync(scratch, { recursive: true, force: true });
});

test(
  'with a database the evidence is whole: pages, tables, deletion log, and sums that are right',
  { timeout },
  async () => {
    const folder = await write('whole', { DATABASE_URL: database.url });
    const files = readdirSync(folder).sort();
    assert.deepEqual(files, [
      'SHA256SUMS',
      'asvs.csv',
      'asvs.html',
      'barrierefreiheit.html',
      'datenfluss.html',
      'datenfluss.svg',
      'dritte.html',
      'einstellungen.html',
      'index.html',
      'kryptographie.html',
      'loeschfristen.html',
      'loeschprotokoll.csv',
      'manifest-practice.json',
      'manifest-room.json',
      'stueckliste.cdx.json',
    ]);
    assert.match(read(folder, 'loeschprotokoll.csv'), /appointment,retention,7,2026-08-01,2026-08-29/);
    assert.match(read(folder, 'index.html'), /Die Datenbank ist auf dem Stand \d{4}-/);
    for (const line of read(folder, 'SHA256SUMS').trim().split('\n')) {
      const [sum, name = ''] = line.split('  ');
      assert.equal(createHash('sha256').update(read(folder, name)).digest('hex'), sum, name);
    }
  },
);

test('without a database it says what is missing', { timeout }, async () => {
  const folder = await write('without', { DATA_DIR: join(scratch, 'none') });
  assert.ok(!existsSync(join(folder, 'loeschprotokoll.csv')));
  assert.match(read(folder, 'index.html'), /Keine Datenbank ist erreichbar\. Es fehlen: Löschprotokoll/);
  assert.match(read(folder, 'loeschfristen.html'), /Das Löschprotokoll fehlt in dieser Mappe/);
  const unreachable = await write('unreachable', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
  assert.match(read(unreachable, 'index.html'), /Keine Datenbank ist erreichbar/);
});

test('it claims no certificate, and says to whom that belongs', { timeout }, async () => {
  const folder = await write('claims', {});
  assert.match(
    read(folder, 'index.html'),
    /Sie ist kein Zertifikat .* Zertifiziert wird der Anbieter mit seinem Dienst/,
  );
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .map((name) => read(folder, name))
    .join('\n');
  assert.doesNotMatch(
    all,
    /\b(ist|sind|wurde|wurden) zertifiziert\b|zertifizierte[rns]? (Software|Produkt|Videodienst)/i,
  );
});

test('no secret of the settings is in any file', { timeout }, async () => {
  const env = {
    ...canaries,
    DATABASE_URL: 'postgres://kanarie-user:kanarie-password@127.0.0.1:1/none',
    TURN_URLS: 'turn:turn.example.org:3478',
    SMTP_FROM: 'post@example.org',
  };
  const folder = await write('secrets', env);
  for (const name of readdirSync(folder)) {
    const text = read(folder, name);
    assert.doesNotMatch(text, /kanarie/, name);
    assert.ok(!text.includes(canaries.SERVER_KEY), name);
  }
  assert.match(read(folder, 'einstellungen.html'), /TURN_SECRET<\/td><td>gesetzt \(wird nicht gezeigt\)/);
  assert.match(read(folder, 'dritte.html'), /mail\.example\.org/);
});

test('every setting is shown, and every table of the database has its line', () => {
  const keys = settingKeys().filter((key) => key !== 'SETTINGS_FILE');
  assert.deepEqual([...shownSettings].sort(), keys.sort());
  const schema = readFileSync(join(repositoryRoot, 'server', 'db', 'schema.ts'), 'utf8');
  const tables = /export type Database = \{(.*?)\n\};/s.exec(schema)?.[1] ?? '';
  const names = [...tables.matchAll(/(\w+): \w+;/g)].map(([, name]) => String(name));
  assert.deepEqual(retentionTable.rows.map(([name]) => String(name)).sort(), names.sort());
});

test('the figures of the cryptography table are those of the code', () => {
  const text = JSON.stringify(cryptographyTable.rows);
  const source = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');
  assert.match(source('packages/crypto/secret.ts'), /600_000/);
  assert.match(text, /600\.000 Runden/);
  assert.match(source('server/practice/password.ts'), /memoryKiB = 65_536;\nconst passes = 8;/);
  assert.match(text, /64 MiB, 8 Durchgänge/);
});

test(
  'the pages need nothing from elsewhere, run nothing, and lead to files that are there',
  { timeout },
  async () => {
    const folder = await write('links', { DATABASE_URL: database.url });
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.html'))) {
      const text = read(folder, name);
      assert.doesNotMatch(text, /<script|<link|<img|<iframe|\son\w+=|(src|href)="https?:/, name);
      assert.match(text, /<html lang="de">/);
      for (const [, target] of text.matchAll(/href="([^"]+)"/g))
        assert.ok(existsSync(join(folder, target!)), target);
    }
    assert.match(dataFlowSvg(), /<title[^>]*>.*<desc/);
  },
);

test(
  'the same product, settings and database give the same evidence but for the date',
  { timeout },
  async () => {
    const [first, second] = [
      await write('first', { DATABASE_URL: database.url }),
      await write('second', { DATABASE_URL: database.url }),
    ];
    for (const name of readdirSync(first)) assert.equal(read(first, name), read(second, name), name);
    const later = await write('later', { DATABASE_URL: database.url }, new Date('2027-01-01T00:00:00Z'));
    const changed = readdirSync(first).filter((name) => read(first, name) !== read(later, name));
    assert.deepEqual(changed.sort(), [
      'SHA256SUMS',
      'einstellungen.html',
      'index.html',
      'stueckliste.cdx.json',
    ]);
  },
);

test('a folder that holds anything is left alone', { timeout }, async () => {
  const folder = join(scratch, 'taken');
  await write('taken', {});
  await assert.rejects(write('taken', {}), /is not empty/);
  writeFileSync(join(folder, 'index.html'), 'mine');
  await assert.rejects(write('taken', {}), /is not empty/);
  assert.equal(read(folder, 'index.html'), 'mine');
});

test('the command writes it, and asks for a folder', { timeout }, async () => {
  const folder = join(scratch, 'by-command');
  const run = (...words: string[]) =>
    promisify(execFile)(
      process.execPath,
      [join(repositoryRoot, 'scripts', 'admin.ts'), 'evidence', ...words],
      {
        env: { PATH: process.env['PATH'], DATABASE_URL: database.url },
      },
    );
  assert.match((await run(folder)).stdout, /^Wrote 15 files to .*by-command; begin with index\.html\.\n$/);
  assert.ok(existsSync(join(folder, 'index.html')));
  await assert.rejects(run(), /Please name one new folder/);
});

async function write(name: string, env: Record<string, string>, at: Date = now): Promise<string> {
  const folder = join(scratch, name);
  await writeEvidence({ folder, config: readConfig(env, repositoryRoot), now: at });
  return folder;
}

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}
