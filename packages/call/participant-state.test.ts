import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  initialParticipantState,
  type ParticipantEvent,
  type ParticipantState,
  participantTransition,
} from './participant-state.ts';

const joined: ParticipantEvent = { kind: 'joined', hostPresent: false };
const seen: ParticipantEvent = { kind: 'seen', practitioner: 'Dr. Sommer' };
const calledIn: ParticipantEvent = { kind: 'called-in' };

function after(...events: ParticipantEvent[]): ParticipantState {
  return events.reduce(participantTransition, initialParticipantState);
}

test('who joins waits, first without the practice, then with it', () => {
  assert.deepEqual(after(joined), { kind: 'waiting', practice: 'absent', online: true });
  assert.deepEqual(after(joined, { kind: 'host-present' }), {
    kind: 'waiting',
    practice: 'arriving',
    online: true,
  });
  assert.deepEqual(after(joined, seen), {
    kind: 'waiting',
    practice: 'present',
    practitioner: 'Dr. Sommer',
    online: true,
  });
});

test('what the host itself confirmed is not undone by the word of the server, but by the path being lost', () => {
  const state = after(joined, seen, { kind: 'host-absent' }, { kind: 'offline' });
  assert.deepEqual(state, {
    kind: 'waiting',
    practice: 'present',
    practitioner: 'Dr. Sommer',
    online: false,
  });
  assert.deepEqual(participantTransition(state, { kind: 'path-lost' }), {
    kind: 'waiting',
    practice: 'absent',
    online: false,
  });
});

test('a server that goes away, or refuses at midnight, does not end a consultation', () => {
  const consultation = after(joined, seen, calledIn);
  assert.equal(consultation.kind, 'consultation');
  for (const event of [{ kind: 'offline' }, { kind: 'refused', code: 'code-unknown' }] as const) {
    const state = participantTransition(consultation, event);
    assert.ok(state.kind === 'consultation' && !state.online && state.link === 'connected');
  }
});

test('a lost path interrupts a consultation, and a new one leads back through the waiting room', () => {
  const lost = after(joined, seen, calledIn, { kind: 'path-lost' });
  assert.ok(lost.kind === 'consultation' && lost.link === 'interrupted');
  assert.equal(participantTransition(lost, seen).kind, 'waiting');
});

test('not secure is the end, whatever comes', () => {
  const state = after(joined, seen, { kind: 'insecure', reason: 'certificate' });
  const events: ParticipantEvent[] = [
    joined,
    seen,
    calledIn,
    { kind: 'rejoin' },
    { kind: 'ended', by: 'host' },
  ];
  for (const event of events) assert.equal(participantTransition(state, event), state);
});

test('from the end only the way back to the waiting room is open', () => {
  const ended = after(joined, seen, calledIn, { kind: 'ended', by: 'host' });
  assert.deepEqual(ended, { kind: 'ended', by: 'host' });
  assert.equal(participantTransition(ended, calledIn), ended);
  assert.deepEqual(participantTransition(ended, { kind: 'rejoin' }), { kind: 'joining' });
});

test('nobody is called in before they wait', () => {
  assert.deepEqual(after(calledIn), { kind: 'joining' });
});
