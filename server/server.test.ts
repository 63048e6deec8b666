import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './server.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const script = `console.log('${'x'.repeat(5_000)}');\n`;
let folder: string;
let server: TestServer;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-web-'));
  for (const app of ['practice', 'room']) {
    await mkdir(join(folder, app, 'assets'), { recursive: true });
    await writeFile(join(folder, app, 'index.html'), `<!doctype html><title>${app}</title>`);
    await writeFile(join(folder, app, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(folder, app, 'assets', 'main-1a2b3c4d.js'), script);
  }
  server = await startTestServer({
    webFolders: { practice: join(folder, 'practice'), room: join(folder, 'room') },
  });
});

after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

test('each origin serves its own app at the root, never from a cache', async () => {
  for (const [app, origin] of Object.entries({ practice: server.practiceOrigin, room: server.roomOrigin })) {
    const response = await fetch(`${origin}/?host=x`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.match(await response.text(), new RegExp(`<title>${app}</title>`));
  }
});

test('a hashed file comes compressed, with a validator, and may be kept for ever', async () => {
  const url = `${server.roomOrigin}/assets/main-1a2b3c4d.js`;
  const response = await fetch(url, { headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(response.headers.get('content-encoding'), 'br');
  assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(response.headers.get('content-type'), 'text/javascript; charset=utf-8');
  assert.ok(Number(response.headers.get('content-length')) < 200);
  assert.equal(await response.text(), script);
  const etag = response.headers.get('etag') ?? '';
  const again = await fetch(url, { headers: { 'accept-encoding': 'gzip, br', 'if-none-match': etag } });
  assert.equal(again.status, 304);
  const gzipped = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
  assert.equal(gzipped.headers.get('content-encoding'), 'gzip');
  assert.equal(await gzipped.text(), script);
  const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  assert.equal(plain.headers.get('content-encoding'), null);
  assert.equal(await plain.text(), script);
});

test('a file whose name carries no hash is asked for again, and costs nothing when it is the same', async () => {
  const response = await fetch(`${server.roomOrigin}/icon.svg`);
  assert.equal(response.headers.get('cache-control'), 'no-cache');
  assert.equal(response.headers.get('content-type'), 'image/svg+xml');
  const etag = response.headers.get('etag') ?? '';
  const again = await fetch(`${server.roomOrigin}/icon.svg`, { headers: { 'if-none-match': etag } });
  assert.equal(again.status, 304);
});

test('a path that is no file of the app is not found, whatever it tries', async () => {
  for (const path of [
    '/index.html',
    '/today',
    '/assets/',
    '/..%2f..%2fetc/passwd',
    '/%00',
    '/%',
    '/__proto__',
  ]) {
    const response = await fetch(server.roomOrigin + path);
    assert.ok([400, 404].includes(response.status), `${path}: ${response.status}`);
    assert.doesNotMatch(await response.text(), /root:|<title>/);
  }
});

test('every answer carries the strict headers of its app', async () => {
  for (const path of ['/', '/healthz', '/none', '/%']) {
    const practice = (await fetch(server.practiceOrigin + path)).headers;
    const room = (await fetch(server.roomOrigin + path)).headers;
    for (const headers of [practice, room]) {
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; /);
      assert.match(policy, /require-trusted-types-for 'script'/);
      assert.doesNotMatch(policy, /unsafe|\*/);
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
    assert.match(practice.get('permissions-policy') ?? '', /camera=\(\), .*microphone=\(\)/);
    assert.match(
      room.get('permissions-policy') ?? '',
      /camera=\(self\), .*clipboard-write=\(self\), .*microphone=\(self\)/,
    );
    assert.match(room.get('permissions-policy') ?? '', /display-capture=\(self\)/);
    assert.equal(practice.get('cross-origin-opener-policy'), 'same-origin-allow-popups');
    assert.equal(room.get('cross-origin-opener-policy'), 'unsafe-none');
    const roomSocket = server.roomOrigin.replace('http', 'ws');
    assert.match(room.get('content-security-policy') ?? '', new RegExp(`connect-src 'self' ${roomSocket};`));
    assert.match(practice.get('content-security-policy') ?? '', /connect-src 'self';/);
    assert.equal(room.get('strict-transport-security'), null);
  }
});

test('only the worker that blurs may compute with WebAssembly, and the page may name no other', async () => {
  const assets = join(folder, 'room', 'assets');
  await writeFile(join(assets, 'blur-worker-1a2b3c4d.js'), script);
  await writeFile(join(assets, 'network-1a2b3c4d.wasm'), Buffer.alloc(5_000));
  const withWorker = await startTestServer({
    webFolders: { practice: join(folder, 'practice'), room: join(folder, 'room') },
  });
  try {
    const { roomOrigin, practiceOrigin } = withWorker;
    const policyOf = async (url: string) => (await fetch(url)).headers.get('content-security-policy') ?? '';
    const worker = await policyOf(`${roomOrigin}/assets/blur-worker-1a2b3c4d.js`);
    assert.match(worker, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; /);
    assert.doesNotMatch(await policyOf(`${roomOrigin}/assets/main-1a2b3c4d.js`), /unsafe/);
    assert.match(await policyOf(roomOrigin), /trusted-types blur-worker$/);
    assert.match(await policyOf(practiceOrigin), /trusted-types 'none'$/);
    const wasm = await fetch(`${roomOrigin}/assets/network-1a2b3c4d.wasm`, {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    assert.equal(wasm.headers.get('content-type'), 'application/wasm');
    assert.equal(wasm.headers.get('content-encoding'), 'gzip');
    assert.equal((await wasm.arrayBuffer()).byteLength, 5_000);
  } finally {
    await withWorker.close();
  }
});

test('with https addresses browsers are told to stay with https', async () => {
  const secure = await startTestServer({
    config: { practiceOrigin: 'https://praxis.example.org', roomOrigin: 'https://video.example.org' },
  });
  try {
    const { headers } = await fetch(`http://127.0.0.1:${secure.context.config.practicePort}/`);
    assert.match(headers.get('strict-transport-security') ?? '', /^max-age=\d{8}/);
  } finally {
    await secure.close();
  }
});

test('health is told on both origins', async () => {
  for (const origin of [server.practiceOrigin, server.roomOrigin]) {
    const response = await fetch(`${origin}/healthz`);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { status: 'ok' });
  }
});

test('a log line holds no query, address or header', async () => {
  await fetch(`${server.roomOrigin}/?code=K7QF93MDXW2P`, { headers: { 'user-agent': 'canary-agent' } });
  const lines = server.logLines.filter((line) => line.includes('requestId')).join('');
  assert.match(lines, /"route":"\/","status":200,"ms":\d+/);
  assert.doesNotMatch(lines, /K7QF93MDXW2P|canary-agent|127\.0\.0\.1/);
});

test('without a built app the server does not start and says which folder is empty', async () => {
  const webFolders = { practice: join(folder, 'practice'), room: join(folder, 'nowhere') };
  const { db, config } = server.context;
  await assert.rejects(startServer(config, { db, webFolders }), /no built app in .*nowhere/);
});
