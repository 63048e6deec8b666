import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../api.ts';
import type { Work } from '../work.ts';
import { withNewestKey } from './with-newest-key.ts';

/** A session whose next reload shows these generations. */
function workWith(...generations: number[]): Work {
  let current = { generation: 1 };
  return {
    get session() {
      return current;
    },
    reload: () => {
      current = { generation: generations.shift() ?? current.generation };
      return Promise.resolve();
    },
  } as unknown as Work;
}

test('what was refused because of an older key is written once more with the newest', async () => {
  const work = workWith(2);
  const written: number[] = [];
  const result = await withNewestKey(work, () => {
    written.push(work.session.generation);
    return written.length === 1 ? Promise.reject(new ApiError('VERSION_CONFLICT')) : Promise.resolve('done');
  });
  assert.equal(result, 'done');
  assert.deepEqual(written, [1, 2]);
});

test('a conflict with somebody else, and any other refusal, goes to whoever asked', async () => {
  for (const code of ['VERSION_CONFLICT', 'OFFLINE'] as const) {
    let attempts = 0;
    const write = () => {
      attempts += 1;
      return Promise.reject(new ApiError(code));
    };
    await assert.rejects(withNewestKey(workWith(1), write), { code });
    assert.equal(attempts, 1);
  }
});
