import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runCase } from './cases.ts';
import { type Lab, openLab } from './lab.ts';

let lab: Lab;

before(async () => {
  lab = await openLab();
});

after(() => lab?.close());

// `runCase` itself looks at the pictures on both sides before the mishap and after it, and at what is said in between.

test('the patient goes from Wi-Fi to the mobile network, and the picture comes back by itself', async () => {
  const { recoverMs } = await runCase(lab, 'addressChange');
  assert.ok((recoverMs ?? Infinity) < 20_000, `${recoverMs} ms`);
});

test('after 20 seconds without network both have been told, and the picture comes back by itself', async () => {
  const { recoverMs } = await runCase(lab, 'outage20s');
  assert.ok((recoverMs ?? Infinity) < 20_000, `${recoverMs} ms`);
});

test('a relay that is killed and started again costs a relayed consultation no more than seconds', async () => {
  const { path, recoverMs } = await runCase(lab, 'relayRestart');
  assert.equal(path, 'relayed');
  assert.ok((recoverMs ?? Infinity) < 25_000, `${recoverMs} ms`);
});

test('a consultation does not notice that the server is killed and started again', async () => {
  const { recoverMs } = await runCase(lab, 'serverRestart');
  assert.equal(recoverMs, 0);
});
