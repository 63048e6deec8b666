import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { RoomWindowOpen } from '@sprechzimmer/protocol/room-window.ts';
import { followPractice, readPracticeOrigin, type Surroundings } from './practice-link.ts';

const origin = 'https://praxis.example.org';
const open = {
  kind: 'room-window-open',
  ticket: 'A'.repeat(43),
  practitioner: 'Dr. Weber',
  language: 'de',
  expected: [
    {
      appointmentId: randomUUID(),
      invitationId: randomUUID(),
      name: 'Erika Muster',
      time: '10:30',
      psk: 'B'.repeat(43),
      from: 0,
      until: 1,
      compareWords: false,
    },
  ],
};

function openedBy(practice: object) {
  const heard: RoomWindowOpen[] = [];
  const timers: { run: () => void; delayMs: number }[] = [];
  let deliver: (event: object) => void = () => assert.fail('nobody listens');
  const page = {
    opener: practice,
    addEventListener: (_kind: string, listener: (event: object) => void) => (deliver = listener),
    setTimeout: (run: () => void, delayMs: number) => timers.push({ run, delayMs }),
  };
  const locks: true[] = [];
  followPractice(
    page as Surroundings,
    origin,
    (message) => heard.push(message),
    () => locks.push(true),
  );
  return { heard, locks, timers, deliver: (event: object) => deliver(event) };
}

function practiceWindow() {
  const told: { message: unknown; target: string }[] = [];
  return {
    closed: false,
    told,
    postMessage: (message: unknown, target: string) => told.push({ message, target }),
  };
}

test('the practice app is asked at its own origin only, again until it answers, and then slowly on', () => {
  const practice = practiceWindow();
  const { timers, deliver, heard } = openedBy(practice);
  assert.deepEqual(practice.told, [{ message: { kind: 'room-window-ready' }, target: origin }]);
  assert.equal(timers[0]?.delayMs, 2_000);
  deliver({ source: practice, origin, data: open });
  assert.equal(heard[0]?.practitioner, 'Dr. Weber');
  timers[0]?.run();
  assert.equal(timers[1]?.delayMs, 15_000);
  assert.equal(practice.told.length, 2);
});

test('another window, another origin and a message of another shape are not heard', () => {
  const practice = practiceWindow();
  const { deliver, heard } = openedBy(practice);
  deliver({ source: practiceWindow(), origin, data: open });
  deliver({ source: practice, origin: 'https://evil.example.org', data: open });
  deliver({ source: practice, origin, data: { ...open, ticket: 'short' } });
  deliver({ source: practice, origin, data: null });
  assert.deepEqual(heard, []);
});

test('a practice app that locks is heard though its page is gone, and only from its origin', () => {
  const { deliver, locks, heard } = openedBy(practiceWindow());
  const data = { kind: 'room-window-locked' };
  deliver({ source: null, origin: 'https://evil.example.org', data });
  assert.deepEqual(locks, []);
  deliver({ source: null, origin, data });
  assert.deepEqual(locks, [true]);
  assert.deepEqual(heard, []);
});

test('only an exact web origin is taken from the address', () => {
  assert.equal(readPracticeOrigin(origin), origin);
  assert.equal(readPracticeOrigin('http://localhost:8080'), 'http://localhost:8080');
  for (const bad of [
    '',
    '*',
    'null',
    `${origin}/`,
    `${origin}/path`,
    'javascript:alert(1)',
    'file:///x',
    'praxis.example.org',
  ]) {
    assert.equal(readPracticeOrigin(bad), undefined, bad);
  }
});
