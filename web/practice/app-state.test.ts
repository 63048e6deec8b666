import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AppState, nextState } from './app-state.ts';
import type { StoredDevice } from './device/key-store.ts';
import type { Work } from './work.ts';

const device = { deviceName: 'Empfang' } as StoredDevice;
const work = {} as Work;
const signedIn: AppState = { kind: 'signed-in', device, work };

test('a session that runs out keeps what was open for the next sign-in', () => {
  assert.deepEqual(nextState(signedIn, { kind: 'session-ended' }), {
    kind: 'signed-out',
    device,
    reason: 'ended',
    work,
  });
});

test('who signs out leaves nothing behind', () => {
  assert.deepEqual(nextState(signedIn, { kind: 'left' }), {
    kind: 'signed-out',
    device,
    reason: 'left',
    work: undefined,
  });
});

test('a refusal that comes late does not tear down a page that is not signed in', () => {
  for (const state of [{ kind: 'registering' }, { kind: 'starting' }] as const) {
    assert.equal(nextState(state, { kind: 'session-ended' }), state);
    assert.equal(nextState(state, { kind: 'left' }), state);
  }
});

test('the fifth wrong password on a locked page leads to sign-in and says why; another end of the session does not', () => {
  const locked: AppState = { kind: 'locked', device, attemptsLeft: undefined };
  const ended = { kind: 'session-ended' } as const;
  const last = nextState(locked, { kind: 'unlock-refused', attemptsLeft: 1 });
  const signedOut = { kind: 'signed-out', device, work: undefined } as const;
  assert.deepEqual(nextState(last, ended), { ...signedOut, reason: 'unlock-failed' });
  assert.deepEqual(nextState(locked, ended), { ...signedOut, reason: 'ended' });
});

test('a page that is locked lets go of what was open', () => {
  assert.deepEqual(nextState(signedIn, { kind: 'leaving' }), { kind: 'starting' });
});
