import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { forgetOldFiles } from '../retention/forget-old-files.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { type Assets, toAsset } from './assets.ts';
import { findBuiltFiles, shareBuiltFiles } from './built-files.ts';

let server: TestServer;

before(async () => {
  server = await startTestServer();
});
after(() => server.close());

function versionOf(...names: string[]): Assets {
  const paths = ['/', '/icon.svg', ...names.map((name) => `/assets/${name}`)];
  return new Map(paths.map((path) => [path, toAsset(path, Buffer.from(`content of ${path}`))]));
}

async function shareOnce(room: Assets, now = new Date()): Promise<void> {
  const { db, log } = server.context;
  const shared = await shareBuiltFiles({ db, log, now: () => now }, { practice: versionOf(), room });
  await shared.close();
}

test('during an update each version serves the parts that the other’s pages ask for', async () => {
  await shareOnce(versionOf('part-1a2b3c4d.js', 'both-1a2b3c4d.css'));
  await shareOnce(versionOf('part-5e6f7a8b.js', 'both-1a2b3c4d.css'));
  for (const name of ['part-1a2b3c4d.js', 'part-5e6f7a8b.js', 'both-1a2b3c4d.css']) {
    const response = await fetch(`${server.roomOrigin}/assets/${name}`);
    assert.equal(response.status, 200, name);
    assert.equal(await response.text(), `content of /assets/${name}`);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.match(response.headers.get('content-type') ?? '', /^text\/(javascript|css)/);
    assert.match(response.headers.get('content-security-policy') ?? '', /script-src/);
  }
});

test('nothing but hashed files is shared, and each only at its own app', async () => {
  await shareOnce(versionOf('part-1a2b3c4d.js'));
  const { db } = server.context;
  const rows = await db.selectFrom('built_file').select(['app', 'path']).execute();
  assert.ok(rows.every(({ app, path }) => app === 'room' && path.startsWith('/assets/')));
  for (const path of [
    '/assets/part-00000000.js',
    '/assets/../assets/part-1a2b3c4d.js',
    '/assets/%00',
    '/assets/',
  ]) {
    assert.equal((await fetch(`${server.practiceOrigin}${path}`)).status, 404, path);
  }
  assert.equal((await fetch(`${server.practiceOrigin}/assets/part-1a2b3c4d.js`)).status, 404);
});

test('a file goes a week after the last server that served it, and not while one does', async () => {
  const { db } = server.context;
  const day = (date: number) => new Date(Date.UTC(2026, 10, date));
  await db.deleteFrom('built_file').execute();
  await shareOnce(versionOf('old-1a2b3c4d.js', 'both-1a2b3c4d.js'), day(1));
  await shareOnce(versionOf('both-1a2b3c4d.js'), day(5));
  assert.equal(await forgetOldFiles(db, day(9)), 0);
  assert.equal(await forgetOldFiles(db, day(10)), 1);
  const find = findBuiltFiles(db, 'room');
  assert.equal(await find('/assets/old-1a2b3c4d.js'), undefined);
  assert.ok(await find('/assets/both-1a2b3c4d.js'));
});

test('a server starts though its files cannot be shared, and says so in its log', async () => {
  const { db } = server.context;
  await db.schema.alterTable('built_file').renameTo('away').execute();
  await shareOnce(versionOf('part-1a2b3c4d.js'));
  await delay(0);
  assert.match(server.logLines.join(''), /files were not shared/);
  assert.equal((await fetch(`${server.roomOrigin}/`)).status, 200);
  await db.schema.alterTable('away').renameTo('built_file').execute();
});
