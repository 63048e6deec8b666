import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { build, type Rollup } from 'vite';
import { cryptoSuite, type Vectors } from '@sprechzimmer/crypto/suite.ts';
import { openPerson } from '../support/browsers.ts';

const folder = new URL('../../packages/crypto/', import.meta.url);

for (const browser of ['chromium', 'firefox'] as const) {
  test(`the cryptography passes its whole suite in ${browser}, vectors included`, () => passSuite(browser));
}

async function passSuite(browser: 'chromium' | 'firefox'): Promise<void> {
  const script = await bundleSuite();
  const vectors = await readFile(new URL('vectors/vectors.json', folder), 'utf8');
  // Web Crypto is there for secure contexts only, and localhost is one.
  const server = createServer((request, response) => {
    response.setHeader('content-type', request.url === '/suite.js' ? 'text/javascript' : 'text/html');
    response.end(request.url === '/suite.js' ? script : '<!doctype html><title>suite</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const person = await openPerson({ browser });
  try {
    await person.page.goto(origin);
    const outcomes = await person.page.evaluate(async (json) => {
      const address = '/suite.js';
      const suite = (await import(address)) as { cryptoSuite: typeof cryptoSuite };
      const results: { name: string; error: string }[] = [];
      for (const each of suite.cryptoSuite(JSON.parse(json) as Vectors)) {
        const error = await each.run().then(
          () => '',
          (reason: unknown) => String(reason),
        );
        results.push({ name: each.name, error });
      }
      return results;
    }, vectors);
    assert.deepEqual(
      outcomes.filter(({ error }) => error),
      [],
    );
    assert.equal(outcomes.length, cryptoSuite(JSON.parse(vectors) as Vectors).length);
  } finally {
    await person.close();
    server.close();
  }
}

async function bundleSuite(): Promise<string> {
  const entry = new URL('suite.ts', folder).pathname;
  const output = (await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['es'], fileName: 'suite' } },
  })) as Rollup.RollupOutput[];
  const [chunk] = output[0]?.output ?? [];
  assert.ok(chunk);
  return chunk.code;
}
