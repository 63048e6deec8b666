import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { missingPages } from './missing-pages.ts';
import { fingerprintOf, readOperatorFolder, textLimitBytes } from './operator-folder.ts';

let parent: string;
let folder: string;
const png = Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1');

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'sprechzimmer-pages-'));
  folder = join(parent, 'pages');
  await mkdir(folder);
});
afterEach(() => rm(parent, { recursive: true }));

const put = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);
const problems = async () =>
  Object.fromEntries((await readOperatorFolder(folder)).problems.map(({ file, problem }) => [file, problem]));

test('pages are read in every language that the operator has written, and other files are not looked at', async () => {
  await put('impressum.md', '\uFEFF# Impressum');
  await put('impressum.en.md', '# Imprint');
  await put('impressum.tr.md', '# Künye');
  await put('datenschutz.md', '# Datenschutz');
  await put('nutzungsbedingungen.md', '# Bedingungen');
  await put('logo.png', png);
  for (const other of [
    'hilfe.md',
    'impressum.md~',
    'impressum.eng.md',
    'IMPRESSUM.md',
    '.env',
    'seite.html',
    'bild.svg',
  ]) {
    await put(other, 'nothing to see');
  }
  const { texts, pictures, problems: found } = await readOperatorFolder(folder);
  assert.deepEqual(texts, [
    { name: 'datenschutz', language: 'de', text: '# Datenschutz' },
    { name: 'impressum', language: 'en', text: '# Imprint' },
    { name: 'impressum', language: 'de', text: '# Impressum' },
    { name: 'impressum', language: 'tr', text: '# Künye' },
    { name: 'nutzungsbedingungen', language: 'de', text: '# Bedingungen' },
  ]);
  assert.deepEqual([...pictures.keys()], ['logo.png']);
  assert.deepEqual(found, []);
});

test('a file that cannot be used is named with its reason, and the others are read', async () => {
  await put('impressum.md', 'x'.repeat(textLimitBytes + 1));
  await put('impressum.en.md', Buffer.from([0x23, 0xff, 0xfe]));
  await put('datenschutz.md', ' \n');
  await put('datenschutz.en.md', 'x'.repeat(textLimitBytes));
  await mkdir(join(folder, 'nutzungsbedingungen.md'));
  await put('logo.png', '<svg onload="alert(1)">');
  await put('gross.jpg', Buffer.alloc(1_048_577));
  execFileSync('mkfifo', [join(folder, 'nutzungsbedingungen.en.md')]);
  assert.deepEqual(await problems(), {
    'impressum.md': 'is larger than 256 KB',
    'impressum.en.md': 'is not written in UTF-8',
    'datenschutz.md': 'is empty',
    'nutzungsbedingungen.md': 'is not a file',
    'nutzungsbedingungen.en.md': 'is not a file',
    'logo.png': 'is not the picture that its name says',
    'gross.jpg': 'is larger than 1024 KB',
  });
  assert.deepEqual(
    (await readOperatorFolder(folder)).texts.map(({ name, language }) => `${name} ${language}`),
    ['datenschutz en'],
  );
});

test('a link out of the folder is refused, whether it leads to a file, through a folder or to nothing', async () => {
  await writeFile(join(parent, 'secret.md'), 'canary');
  await mkdir(join(parent, 'pages-beside'));
  await writeFile(join(parent, 'pages-beside', 'impressum.md'), 'canary');
  await symlink('../secret.md', join(folder, 'impressum.md'));
  await symlink('/etc/passwd', join(folder, 'impressum.en.md'));
  await symlink('../pages-beside', join(folder, 'beside'));
  await symlink('beside/impressum.md', join(folder, 'datenschutz.md'));
  await symlink('nowhere.md', join(folder, 'nutzungsbedingungen.md'));
  await writeFile(join(parent, 'outside.png'), png);
  await symlink('../outside.png', join(folder, 'outside.png'));
  const out = 'is a link that leads out of the folder';
  assert.deepEqual(await problems(), {
    'impressum.md': out,
    'impressum.en.md': out,
    'datenschutz.md': out,
    'nutzungsbedingungen.md': 'is a link that leads nowhere',
    'outside.png': out,
  });
});

test('links within the folder are followed, as mounted configuration has them; the folder itself may be one', async () => {
  await mkdir(join(folder, '..2026_11_28'));
  await writeFile(join(folder, '..2026_11_28', 'impressum.md'), '# Impressum');
  await symlink('..2026_11_28', join(folder, '..data'));
  await symlink('..data/impressum.md', join(folder, 'impressum.md'));
  await symlink('pages', join(parent, 'linked'));
  const { texts } = await readOperatorFolder(join(parent, 'linked'));
  assert.deepEqual(texts, [{ name: 'impressum', language: 'de', text: '# Impressum' }]);
});

test('of a folder full of pictures twenty are read', async () => {
  for (let number = 0; number < 40; number++) await put(`a${number}.png`, png);
  const { pictures, problems: found } = await readOperatorFolder(folder);
  assert.equal(pictures.size, 20);
  assert.equal(found.filter(({ problem }) => problem === 'is one picture more than 20').length, 20);
});

test('the fingerprint changes with a file, and only then', async () => {
  await put('impressum.md', '# Impressum');
  const before = await fingerprintOf(folder);
  await put('notes.txt', 'nothing to see');
  assert.equal(await fingerprintOf(folder), before);
  await put('impressum.md', '# Impressum, neu');
  assert.notEqual(await fingerprintOf(folder), before);
});

test('the operator is told which pages are missing: all without a folder, none when each is there', async () => {
  const files = async (pagesDir: string | undefined) =>
    (await missingPages({ pagesDir })).map(({ file }) => file);
  const all = ['nutzungsbedingungen.md', 'datenschutz.md', 'impressum.md'];
  assert.deepEqual(await files(undefined), all);
  assert.deepEqual(await files(join(parent, 'nowhere')), all);
  assert.deepEqual(await files(folder), all);
  await put('impressum.en.md', '# Imprint');
  await put('datenschutz.md', '# Datenschutz');
  assert.deepEqual(await files(folder), ['nutzungsbedingungen.md', 'impressum.md']);
  await put('impressum.md', '# Impressum');
  await put('nutzungsbedingungen.md', '# Bedingungen');
  assert.deepEqual(await missingPages({ pagesDir: folder }), []);
});
