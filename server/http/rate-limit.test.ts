import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressKey, createRateLimit } from './rate-limit.ts';

const start = Date.UTC(2026, 0, 1);

function clock() {
  const time = { ms: start };
  return { time, now: () => new Date(time.ms) };
}

test('a key is refused once its limit is counted, with the rest of the window as the wait', () => {
  const { time, now } = clock();
  const limit = createRateLimit({ limit: 2, windowMs: 60_000, now });
  limit.count('a');
  assert.deepEqual(limit.check('a'), { allowed: true, retryAfterSeconds: 0 });
  time.ms += 20_000;
  limit.count('a');
  assert.deepEqual(limit.check('a'), { allowed: false, retryAfterSeconds: 40 });
  assert.equal(limit.check('b').allowed, true);
});

test('a window that is over allows again and begins anew with the next count', () => {
  const { time, now } = clock();
  const limit = createRateLimit({ limit: 1, windowMs: 1_000, now });
  limit.count('a');
  time.ms += 1_000;
  assert.equal(limit.check('a').allowed, true);
  limit.count('a');
  assert.deepEqual(limit.check('a'), { allowed: false, retryAfterSeconds: 1 });
});

test('a cleared key begins anew', () => {
  const limit = createRateLimit({ limit: 1, windowMs: 1_000, now: clock().now });
  limit.count('a');
  limit.clear('a');
  assert.equal(limit.check('a').allowed, true);
});

test('beyond the bound the key whose window began first is forgotten', () => {
  const { time, now } = clock();
  const limit = createRateLimit({ limit: 1, windowMs: 60_000, now, maxKeys: 2 });
  for (const key of ['a', 'b', 'c']) {
    limit.count(key);
    time.ms += 1;
  }
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => limit.check(key).allowed),
    [true, false, false],
  );
});

test('IPv4 is limited as it is, IPv6 by its /64', () => {
  assert.equal(addressKey('192.0.2.7'), '192.0.2.7');
  assert.equal(addressKey('::ffff:192.0.2.7'), '192.0.2.7');
  assert.equal(addressKey('::ffff:c000:207'), '192.0.2.7');
  assert.equal(addressKey('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
  assert.equal(addressKey('2001:0DB8:0001:0002::9'), '2001:db8:1:2::/64');
  assert.equal(addressKey('2001:db8:1:3::9'), '2001:db8:1:3::/64');
  assert.equal(addressKey('fe80::1%eth0'), 'fe80:0:0:0::/64');
  assert.equal(addressKey('::1'), '0:0:0:0::/64');
});
