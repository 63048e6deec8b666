import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { createClient } from '@redis/client';
import { startTestRedis } from './test-redis.ts';

test('a Redis for tests answers, and is there again on its port after it was killed', async () => {
  const first = await startTestRedis();
  const client = createClient({ url: first.url, socket: { reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  assert.equal(await client.ping(), 'PONG');
  const cut = once(client, 'error');
  process.kill(first.pid, 'SIGKILL');
  await cut;
  const second = await startTestRedis({ port: Number(new URL(first.url).port) });
  try {
    assert.equal(second.url, first.url);
    const again = await createClient({ url: second.url }).connect();
    assert.equal(await again.ping(), 'PONG');
    again.destroy();
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});
