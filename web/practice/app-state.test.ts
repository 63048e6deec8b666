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
