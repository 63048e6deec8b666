import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { mailHelpPage } from './mail-help.ts';

const texts = new URL('../../../server/pages/texts/hilfe/', import.meta.url);

test('the reader is led to the steps for their own system, which are on the page in both languages', async () => {
  const agents: [agent: string, place: string, heading: string][] = [
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36', '#windows', 'Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', '#linux', 'Linux'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', '#mac', 'Mac'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140.0 Mobile/15E148 Safari/604.1',
      '#iphone-ipad',
      'iPhone, iPad',
    ],
    ['Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0.0.0 Mobile Safari/537.36', '#android', 'Android'],
  ];
  for (const [agent, place, heading] of agents) {
    assert.equal(mailHelpPage(agent), `hilfe/e-mail-programm${place}`, agent);
    for (const file of ['e-mail-programm.md', 'e-mail-programm.en.md']) {
      assert.ok((await readFile(new URL(file, texts), 'utf8')).includes(`\n## ${heading}\n`), file);
    }
  }
  assert.equal(mailHelpPage('something else'), 'hilfe/e-mail-programm');
});
