import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { RoomWindowRecord } from '@sprechzimmer/protocol/room-window-record.ts';
import { handOver } from './hand-over.ts';

const origin = 'https://praxis.example.org';

function opened() {
  const told: { message: unknown; target: string }[] = [];
  const taken: [string, string][] = [];
  const listeners = new Map<string, (event: object) => void>();
  const practice = {
    closed: false,
    postMessage: (message: unknown, target: string) => told.push({ message, target }),
  };
  const page = {
    addEventListener: (kind: string, listener: (event: object) => void) => listeners.set(kind, listener),
  };
  const way = handOver(page as never, { page: practice as never, origin }, (id, outcome) =>
    taken.push([id, outcome]),
  );
  const hear = (data: unknown, from: object = {}) =>
    listeners.get('message')?.({ origin, source: practice, data, ...from });
  const asksBeforeClosing = () => {
    let asked = false;
    listeners.get('beforeunload')?.({ preventDefault: () => (asked = true) });
    return asked;
  };
  return { told, taken, way, hear, practice, asksBeforeClosing };
}

const record = (): RoomWindowRecord =>
  ({
    kind: 'room-window-record',
    appointmentId: randomUUID(),
    record: { id: randomUUID() },
  }) as RoomWindowRecord;
const open = {
  kind: 'room-window-open',
  ticket: 'A'.repeat(43),
  practitioner: '',
  language: 'de',
  expected: [],
};

test('a record is handed over at once, to the practice’s origin only', () => {
  const { told, way } = opened();
  const message = record();
  way.add(message);
  assert.deepEqual(told, [{ message, target: origin }]);
});

test('a locked practice app says nothing: the record comes again when it is there, until it is taken', () => {
  const { told, taken, way, hear, asksBeforeClosing } = opened();
  const message = record();
  way.add(message);
  hear(open);
  hear(open);
  assert.equal(told.length, 3);
  assert.ok(asksBeforeClosing(), 'the window is not closed unasked');
  hear({ kind: 'room-window-record-taken', id: message.record.id, outcome: 'kept' });
  hear({ kind: 'room-window-record-taken', id: message.record.id, outcome: 'kept' });
  hear(open);
  assert.equal(told.length, 3);
  assert.deepEqual(taken, [[message.record.id, 'kept']]);
  assert.ok(!asksBeforeClosing());
});

test('nobody else says that a record is taken', () => {
  const { taken, way, hear, asksBeforeClosing } = opened();
  const message = record();
  way.add(message);
  const answer = { kind: 'room-window-record-taken', id: message.record.id, outcome: 'kept' };
  hear(answer, { origin: 'https://elsewhere.example' });
  hear(answer, { source: {} });
  assert.deepEqual(taken, []);
  assert.ok(asksBeforeClosing());
});

test('a practice app that is closed is not written to', () => {
  const { told, way, practice } = opened();
  practice.closed = true;
  way.add(record());
  assert.deepEqual(told, []);
});
