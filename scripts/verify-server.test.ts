import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { readAssets } from '../server/http/assets.ts';
import { createManifest, manifestPath, manifestText, type WebManifest } from '../server/http/web-manifest.ts';
import { startTestServer, type TestServer } from '../server/testing/test-server.ts';
import { printManifest, verify } from './admin-verify.ts';
import { ensureWebBuilt, repositoryRoot } from './build.ts';
import { parseManifest, verifyServer } from './verify-server.ts';

const timeout = 120_000;
const script = '/assets/main-1a2b3c4d.js';
const worker = '/assets/blur-worker-1a2b3c4d.js';
const page = `<!doctype html><html lang="de"><script type="module" src="${script}"></script></html>`;

let folder: string;
let server: TestServer;
let manifests: WebManifest[];
let proxies: Server[] = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-verify-'));
  for (const app of ['practice', 'room']) {
    await mkdir(join(folder, app, 'assets'), { recursive: true });
    await writeFile(join(folder, app, 'index.html'), page.replace('lang="de"', `lang="de" class="${app}"`));
    await writeFile(join(folder, app, script), `console.log('${app}')`);
    await writeFile(join(folder, app, 'assets', 'style-1a2b3c4d.css'), 'body { margin: 0 }');
  }
  await writeFile(join(folder, 'room', worker), 'postMessage(1)');
  const webFolders = { practice: join(folder, 'practice'), room: join(folder, 'room') };
  server = await startTestServer({ webFolders });
  manifests = await Promise.all(
    (['practice', 'room'] as const).map(async (app) =>
      createManifest(app, await readAssets(webFolders[app])),
    ),
  );
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  for (const proxy of proxies) {
    proxy.closeAllConnections();
    proxy.close();
  }
  proxies = [];
});

type Sent = { status: number; headers: Record<string, string>; body: Buffer };
type Change = (path: string, sent: Sent, request: IncomingMessage) => void | 'silent' | Promise<void>;

/** A server that sends what the practice's origin sends, but for what `change` does to it. */
async function startTamperer(change: Change): Promise<URL> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { url: path = '/' } = request;
    const given = await fetch(server.practiceOrigin + path);
    const headers = Object.fromEntries(given.headers);
    delete headers['content-encoding'];
    delete headers['content-length'];
    const sent = { status: given.status, headers, body: Buffer.from(await given.arrayBuffer()) };
    if ((await change(path, sent, request)) === 'silent') return;
    response.writeHead(sent.status, sent.headers).end(sent.body);
  };
  const proxy = createServer((request, response) => void answer(request, response));
  proxies.push(proxy);
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
}

async function differencesOf(change: Change): Promise<string[]> {
  const { app, differences } = await verifyServer(await startTamperer(change), manifests);
  assert.equal(app, 'practice');
  return differences;
}

test(
  'a server as it should be has no difference, on either origin, whatever address of it is named',
  { timeout },
  async () => {
    for (const [app, origin] of Object.entries({
      practice: server.practiceOrigin,
      room: server.roomOrigin,
    })) {
      const manifest = manifests.find((one) => one.app === app)!;
      // Told apart by their files alone: here both name the same ones.
      const verified = await verifyServer(new URL(`${origin}/none?x`), [manifest]);
      assert.deepEqual(verified, {
        app,
        version: manifest.version,
        files: Object.keys(manifest.files).length,
        differences: [],
      });
    }
    assert.deepEqual(await differencesOf(() => {}), []);
  },
);

test(
  'the manifest is published, sorted, and tells nothing that a build elsewhere would not',
  { timeout },
  async () => {
    const response = await fetch(server.roomOrigin + manifestPath);
    assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.equal(await response.text(), manifestText(manifests[1]!));
    const { files } = manifests[1]!;
    assert.deepEqual(Object.keys(files), ['/', worker, script, '/assets/style-1a2b3c4d.css'].sort());
    assert.match(files[worker]!.policy ?? '', /wasm-unsafe-eval/);
  },
);

const replaceHeader =
  (name: string, value: string): Change =>
  (path, sent) => {
    if (path === '/') sent.headers[name] = value;
  };
const policyWith =
  (from: string | RegExp, to: string): Change =>
  (path, sent) => {
    if (path !== '/') return;
    const policy = sent.headers['content-security-policy']!;
    assert.match(policy, new RegExp(from));
    sent.headers['content-security-policy'] = policy.replace(from, to);
  };

const tampered: { name: string; change: Change; expected: RegExp[] }[] = [
  {
    name: 'a changed file',
    change: (path, sent) => void (path === script && (sent.body = Buffer.from('steal()'))),
    expected: [/^\/assets\/main-1a2b3c4d\.js: changed content$/],
  },
  {
    name: 'a page with one more script',
    change: (path, sent) => {
      if (path === '/')
        sent.body = Buffer.from(`${page}<script src="/assets/more.js"></script><script>x()</script>`);
    },
    expected: [
      /^\/: changed content$/,
      /^\/: additional script \/assets\/more\.js$/,
      /^\/: additional script within the page$/,
    ],
  },
  {
    name: 'a changed page for those who ask without compression',
    change: (path, sent, request) => {
      if (path === '/' && request.headers['accept-encoding'] === 'identity')
        sent.body = Buffer.from(`${page} `);
    },
    expected: [/^\/: changed content$/],
  },
  {
    name: 'a missing file',
    change: (path, sent) => void (path === script && (sent.status = 404)),
    expected: [/^\/assets\/main-1a2b3c4d\.js: missing$/],
  },
  {
    name: 'a weakened policy',
    change: policyWith("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
    expected: [/^\/: content security policy changed: script-src 'self' 'unsafe-inline' instead of 'self'$/],
  },
  {
    name: 'a policy without Trusted Types',
    change: policyWith("require-trusted-types-for 'script'; ", ''),
    expected: [/^\/: content security policy weakened: no require-trusted-types-for$/],
  },
  {
    name: 'a policy with a directive that takes precedence',
    change: policyWith(/$/, '; script-src-elem *'),
    expected: [/^\/: content security policy changed: additional script-src-elem$/],
  },
  {
    name: 'a policy that says something else first',
    change: policyWith(/^/, 'script-src *; '),
    expected: [/^\/: content security policy changed: script-src \* instead of 'self'$/],
  },
  {
    name: 'no policy',
    change: (path, sent) => void (path === '/' && delete sent.headers['content-security-policy']),
    expected: [/^\/: content security policy is missing$/],
  },
  {
    name: 'a wrong content type',
    change: (path, sent) => void (path === script && (sent.headers['content-type'] = 'text/html')),
    expected: [/: content type text\/html instead of text\/javascript; charset=utf-8$/],
  },
  {
    name: 'a header less',
    change: replaceHeader('x-content-type-options', 'x'),
    expected: [/^\/: x-content-type-options is x$/],
  },
  {
    name: 'a header that loads',
    change: replaceHeader('link', '</x.css>; rel=stylesheet'),
    expected: [/^\/: additional header link$/],
  },
  {
    name: 'a way to another server',
    change: (path, sent) => {
      if (path === script)
        Object.assign(sent, { status: 302, headers: { location: 'http://127.0.0.1:1/x.js' } });
    },
    expected: [/main-1a2b3c4d\.js: leads elsewhere \(302\)$/],
  },
  {
    name: 'a file without end',
    change: (path, sent) => void (path === script && (sent.body = Buffer.alloc(5_000_000))),
    expected: [/main-1a2b3c4d\.js: is larger than it may be$/],
  },
  {
    name: 'a manifest that tells of one more file',
    change: (path, sent) => {
      if (path !== manifestPath) return;
      const manifest = JSON.parse(sent.body.toString()) as WebManifest;
      manifest.files['/assets/more.js'] = manifest.files[script]!;
      sent.body = Buffer.from(JSON.stringify(manifest));
    },
    expected: [/^\/assets\/more\.js: additional file$/],
  },
  {
    name: 'a manifest that is none',
    change: (path, sent) => void (path === manifestPath && (sent.body = Buffer.from('{"files":[]}'))),
    expected: [/sprechzimmer-manifest\.json: is no manifest$/],
  },
];
for (const { name, change, expected } of tampered) {
  test(`${name} is a difference, and the only one`, { timeout }, async () => {
    const differences = await differencesOf(change);
    assert.equal(differences.length, expected.length, differences.join('\n'));
    for (const pattern of expected)
      assert.ok(
        differences.some((one) => pattern.test(one)),
        differences.join('\n'),
      );
  });
}

test('a policy that a proxy adds beside ours only tightens', { timeout }, async () => {
  assert.deepEqual(
    await differencesOf((_, sent) => {
      sent.headers['content-security-policy'] =
        `upgrade-insecure-requests, ${sent.headers['content-security-policy']}`;
    }),
    [],
  );
});

test('a server that is slow or silent is told as such, in bounded time', { timeout }, async () => {
  const url = await startTamperer((path) => (path === script ? 'silent' : undefined));
  const { differences } = await verifyServer(url, manifests, { answerMs: 1_000, totalMs: 60_000 });
  assert.deepEqual(differences, [`${script}: takes too long`]);
  const silent = await startTamperer(() => 'silent');
  const all = await verifyServer(silent, [manifests[0]!], { answerMs: 60_000, totalMs: 1_000 });
  assert.ok(all.differences.length >= 4);
  for (const difference of all.differences) assert.match(difference, /: takes too long$/);
});

test('a server that is not there is a difference for every file', { timeout }, async () => {
  const gone = await startTamperer(() => {});
  const [proxy] = proxies;
  proxy!.close();
  await once(proxy!, 'close');
  const { differences } = await verifyServer(gone, [manifests[0]!]);
  assert.ok(differences.includes('/: cannot be had (ECONNREFUSED)'), differences.join('\n'));
});

test('a manifest that names other servers, folders or sizes is none', () => {
  const good = manifests[0]!;
  assert.ok(parseManifest(manifestText(good)));
  const file = good.files['/']!;
  for (const files of [
    { ...good.files, '//other.example/x': file },
    { ...good.files, '/../x': file },
    { ...good.files, 'http://other.example/': file },
    { ...good.files, '/x@other.example': file },
    { '/x': file },
    { '/': { ...file, bytes: 1e12 } },
    { '/': { ...file, integrity: 'sha1-x' } },
    { '/': null },
  ]) {
    assert.equal(parseManifest(JSON.stringify({ ...good, files })), undefined, JSON.stringify(files));
  }
  for (const text of ['', '[]', 'null', '{}', JSON.stringify({ ...good, app: 'x' })]) {
    assert.equal(parseManifest(text), undefined);
  }
});

test(
  'the product as it is built: the command finds nothing, and with a manifest of another app everything',
  { timeout: 300_000 },
  async () => {
    await ensureWebBuilt();
    const dist = (app: string) => join(repositoryRoot, 'web', app, 'dist');
    const product = await startTestServer({ webFolders: { practice: dist('practice'), room: dist('room') } });
    try {
      for (const [app, origin] of Object.entries({
        practice: product.practiceOrigin,
        room: product.roomOrigin,
      })) {
        const { output, isGood } = await verify([origin]);
        assert.ok(isGood, output);
        assert.match(output, new RegExp(`: ${app} app, version [\\d.]+, \\d+ files: as expected\\.\\n$`));
      }
      const file = join(folder, 'manifest.json');
      await writeFile(file, await printManifest(['room']));
      assert.ok((await verify([product.roomOrigin, '--manifest', file])).isGood);
      const wrong = await verify([product.practiceOrigin, '--manifest', file]);
      assert.equal(wrong.isGood, false);
      assert.match(wrong.output, /\/: changed content\n/);
    } finally {
      await product.close();
    }
  },
);

test('what an operator mistypes is told in a sentence', async () => {
  await assert.rejects(verify([]), /Please give the address/);
  await assert.rejects(verify(['ftp://x']), /Please give the address/);
  await assert.rejects(verify(['http://localhost', '--manifest', join(folder, 'none')]), /holds no manifest/);
  await assert.rejects(verify(['http://localhost', '--what']), /--what/);
  await assert.rejects(printManifest(['x']), /practice or room/);
});
