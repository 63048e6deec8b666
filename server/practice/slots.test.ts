import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSlots } from './slots.ts';

test('never more runs at once than there are slots, and what waits runs in order', async () => {
  const slots = createSlots({ parallel: 2, maxWaiting: 10 });
  const order: number[] = [];
  let running = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      slots.run(async () => {
        order.push(index);
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
      }),
    ),
  );
  assert.equal(most, 2);
  assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6, 7]);
});

test('beyond the queue nothing is run', async () => {
  const slots = createSlots({ parallel: 1, maxWaiting: 1 });
  const work = async () => 'done';
  assert.deepEqual(await Promise.all([slots.run(work), slots.run(work), slots.run(work)]), [
    'done',
    'done',
    undefined,
  ]);
});

test('a slot is free again after work that throws', async () => {
  const slots = createSlots({ parallel: 1, maxWaiting: 0 });
  await assert.rejects(
    slots.run(async () => Promise.reject(new Error('work'))),
    /work/,
  );
  assert.equal(await slots.run(async () => 'done'), 'done');
});
