import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadiness } from './readiness.ts';

test('a server is not ready before everything listens, nor once it was asked to end', async () => {
  const readiness = createReadiness({ database: async () => {} });
  assert.deepEqual(await readiness.ask(), { status: 'starting' });
  readiness.handleListening();
  assert.deepEqual(await readiness.ask(), { status: 'ready' });
  readiness.handleDraining();
  assert.deepEqual(await readiness.ask(), { status: 'draining' });
  readiness.handleListening();
  assert.deepEqual(await readiness.ask(), { status: 'draining' });
});

test('a server that is asked to end while it starts never becomes ready', async () => {
  const readiness = createReadiness({});
  readiness.handleDraining();
  readiness.handleListening();
  assert.deepEqual(await readiness.ask(), { status: 'draining' });
});

test('what fails is named, and what never answers counts as failed', { timeout: 20_000 }, async () => {
  const readiness = createReadiness({
    database: async () => {
      throw new Error('away');
    },
    stuck: () => new Promise(() => {}),
    fine: async () => {},
  });
  readiness.handleListening();
  assert.deepEqual(await readiness.ask(), { status: 'not ready', failing: ['database', 'stuck'] });
});

test('a thousand who ask at once cost one check', async () => {
  let checks = 0;
  const readiness = createReadiness({ database: async () => void checks++ });
  readiness.handleListening();
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => readiness.ask()));
  assert.ok(answers.every(({ status }) => status === 'ready'));
  assert.equal(checks, 1);
});

test('being asked to end counts at once, also for whoever waits for a check', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const readiness = createReadiness({ database: () => promise });
  readiness.handleListening();
  const answer = readiness.ask();
  readiness.handleDraining();
  resolve();
  assert.deepEqual(await answer, { status: 'draining' });
});
