import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endedSessionCookie, sessionTokenHash } from './session.ts';

const token = 'A'.repeat(43);

test('two servers on one host do not take each other’s sign-in: browsers share cookies between ports', () => {
  const first = 'http://localhost:7300';
  const second = 'http://localhost:8300';
  assert.ok(sessionTokenHash(`__Host-sprechzimmer-7300=${token}`, first));
  assert.equal(sessionTokenHash(`__Host-sprechzimmer-7300=${token}`, second), undefined);
  assert.notEqual(endedSessionCookie(first), endedSessionCookie(second));
});

test('a practice app without a port in its address has the plain name', () => {
  assert.ok(sessionTokenHash(`other=1; __Host-sprechzimmer=${token}`, 'https://praxis.example.org'));
});
