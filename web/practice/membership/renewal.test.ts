import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { newPracticeKey, openRecord, recordKey, sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import type { AnyRecord, ResealedRecord } from '@sprechzimmer/protocol/records.ts';
import type { PracticeClient } from '../api.ts';
import { openPractice } from '../testing/open-practice.ts';
import { createRenewal } from './renewal.ts';

const practice = await openPractice();
const practiceId = practice.session.practice.id;
const [oldKey, newKey] = [practice.session.recordKeys.get(1), await recordKey(newPracticeKey())];
assert.ok(oldKey);
const session = {
  ...practice.session,
  generation: 2,
  recordKeys: new Map([...practice.session.recordKeys, [2, newKey]]),
};

async function record(name: string, key: CryptoKey): Promise<AnyRecord> {
  const place = { kind: 'appointment' as const, id: crypto.randomUUID(), version: 3, generation: 1 };
  return { ...place, sealed: toBase64url(await sealRecord(key, { name }, { practiceId, ...place })) };
}

/** A server with these records, which names two at a time. */
function renewalOf(records: AnyRecord[]) {
  const stored = new Map<string, AnyRecord>(records.map((each) => [each.id, each]));
  const stale = () => [...stored.values()].filter(({ generation }) => generation < 2);
  const membership = {
    staleRecords: () => Promise.resolve({ records: stale().slice(0, 2), remaining: stale().length }),
    reseal: (input: { records: ResealedRecord[] }) => {
      for (const { fromGeneration: _, ...each } of input.records) stored.set(each.id, each);
      return Promise.resolve({ remaining: stale().length });
    },
  };
  const closing = new AbortController();
  const renewal = createRenewal({
    client: { membership } as unknown as PracticeClient,
    session: () => session,
    reload: () => Promise.resolve(),
    active: () => true,
    signal: closing.signal,
  });
  const done = new Promise<number>((resolve) => {
    const stop = renewal.state.subscribe((state) => {
      if (state.kind === 'done') resolve(state.unreadable);
    });
    closing.signal.addEventListener('abort', stop);
  });
  renewal.start();
  return { stored, done: done.finally(() => closing.abort()) };
}

test('every record has the new key afterwards, at its place and with its content', async () => {
  const records = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => record(name, oldKey)));
  const { stored, done } = renewalOf(records);
  assert.equal(await done, 0);
  const contents = await Promise.all(
    [...stored.values()].map(({ sealed, ...place }) =>
      openRecord(newKey, fromBase64url(sealed), { practiceId, ...place }),
    ),
  );
  assert.deepEqual(contents, [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }, { name: 'e' }]);
  assert.deepEqual(
    [...stored.values()].map(({ version, generation }) => [version, generation]),
    records.map(() => [3, 2]),
  );
});

test('a record that does not open stays as it is, and the others go on', async () => {
  const strange = await record('x', await recordKey(newPracticeKey()));
  const { stored, done } = renewalOf([strange, await record('a', oldKey), await record('b', oldKey)]);
  assert.equal(await done, 1);
  assert.deepEqual(stored.get(strange.id), strange);
  assert.equal([...stored.values()].filter(({ generation }) => generation === 2).length, 2);
});
