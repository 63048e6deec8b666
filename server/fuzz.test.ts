import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzApi } from './testing/fuzz/fuzz-api.ts';
import { fuzzSockets } from './testing/fuzz/fuzz-sockets.ts';
import { startTestServer } from './testing/test-server.ts';
import { addPractitioner, startTestSignalling } from './testing/test-signalling.ts';

// `npm run fuzz` does the same for as long as one likes. A failure names its seed.
const seed = Date.now() % 1_000_000;

test('thousands of made-up and spoilt inputs to every operation: each is answered, none with an error of ours', async (t) => {
  const server = await startTestServer();
  t.after(() => server.close());
  assert.deepEqual(await fuzzApi(server, { inputs: 3_000, seed }), []);
  const unexpected = server.logLines.filter((line) => line.includes('"level":50'));
  assert.deepEqual(unexpected, [], `seed ${seed}`);
});

test('thousands of made-up and spoilt frames from sockets in every state: the server goes on', async (t) => {
  const limits = { maxUpgradesPerAddressAndMinute: 1_000_000, maxSocketsPerAddress: 10_000 };
  const signalling = await startTestSignalling({ limits });
  t.after(() => signalling.close());
  assert.deepEqual(await fuzzSockets(signalling, { inputs: 20_000, seed }), []);
  const unexpected = signalling.logLines.filter((line) => line.includes('"level":50'));
  assert.deepEqual(unexpected, [], `seed ${seed}`);
  // Its codes are believed no more from this address; a host still comes in.
  const { hosting } = await signalling.host(await addPractitioner(signalling.context));
  assert.deepEqual(hosting.waiting, []);
});
