import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRelatedAddress } from './related-address.ts';

test('a relayed candidate goes out without the address behind it', () => {
  const relayed =
    'candidate:1 1 udp 41885439 203.0.113.7 51000 typ relay raddr 198.51.100.20 rport 40000 ufrag a';
  assert.equal(
    withoutRelatedAddress(relayed),
    'candidate:1 1 udp 41885439 203.0.113.7 51000 typ relay raddr 0.0.0.0 rport 0 ufrag a',
  );
  const inLines = `a=${relayed}\r\na=candidate:2 1 udp 1 2001:db8::7 5 typ relay raddr 2001:db8::20 rport 4\r\n`;
  const hidden = withoutRelatedAddress(inLines);
  assert.ok(!hidden.includes('198.51.100.20') && !hidden.includes('2001:db8::20'));
  assert.match(hidden, /relay raddr :: rport 0\r\n$/);
});

test('a candidate that names no other address stays as it is', () => {
  const host = 'candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host generation 0';
  assert.equal(withoutRelatedAddress(host), host);
});
