import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig, settingKeys } from '../server/http/config.ts';
import { secretKeys } from '../server/http/setting-keys.ts';

const documented = new URL('../docs/settings.md', import.meta.url);
const example = new URL('./sprechzimmer.env', import.meta.url);

test('docs/settings.md names every setting that the code reads, once, and no other; and which are secret', async () => {
  const text = await readFile(documented, 'utf8');
  const rows = [...text.matchAll(/^\| `([A-Z_]+)`( \(secret\))? /gm)];
  assert.deepEqual(rows.map(([, key]) => key ?? '').sort(), settingKeys().sort());
  const secret = rows.filter(([, , mark]) => mark !== undefined).map(([, key]) => key ?? '');
  assert.deepEqual(secret.sort(), [...secretKeys].sort());
});

test('deploy/sprechzimmer.env names every setting that the code reads, once, and no other; its values are right ones', async () => {
  const text = await readFile(example, 'utf8');
  const taken = text.replaceAll(/^#(?=[A-Z_]+=)/gm, '');
  const keys = [...taken.matchAll(/^([A-Z_]+)=/gm)].map(([, key]) => key ?? '');
  assert.deepEqual(['SETTINGS_FILE', ...keys].sort(), settingKeys().sort());
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-settings-'));
  try {
    const SETTINGS_FILE = join(folder, 'sprechzimmer.env');
    // As it is shipped it changes nothing, and with everything in it there is no mistake.
    await writeFile(SETTINGS_FILE, text, { mode: 0o600 });
    assert.deepEqual(readConfig({ SETTINGS_FILE }, '/srv'), readConfig({}, '/srv'));
    await writeFile(SETTINGS_FILE, taken);
    assert.equal(readConfig({ SETTINGS_FILE }, '/srv').practiceOrigin, 'https://praxis.example.org');
  } finally {
    await rm(folder, { recursive: true });
  }
});
