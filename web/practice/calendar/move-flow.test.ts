import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals';
import type { Entry, ReadableEntry } from '../appointment/agenda.ts';
import type { AppointmentWish } from '../appointment/form.ts';
import { newDraft, saveDraft } from '../appointment/save.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { openPractice } from '../testing/open-practice.ts';
import { stillAgenda } from '../testing/still-agenda.ts';
import type { SaidMore, Work } from '../work.ts';
import { createMoveFlow } from './move-flow.ts';

const { session } = await openPractice();
const day = '2026-11-26';
const wish: AppointmentWish = {
  day,
  time: '10:30',
  durationMinutes: 20,
  note: '',
  participants: [
    { name: 'Frau Muster', email: '', telephone: '', role: 'patient', language: 'de', mailOnDay: 'no' },
  ],
};

/** One appointment in a calendar that is open; `shown` is what stands in it. */
async function setUp() {
  const server = fakeServer();
  const entry = await saveDraft(server.client, session, newDraft(), wish);
  const shown = new Map<string, Entry>([[entry.stored.id, entry]]);
  const held = { now: 0 };
  const said = signal<string | undefined>(undefined);
  const offers: SaidMore['offers'] = [];
  const loader = {
    put: (next: Entry) => shown.set(next.stored.id, next),
    hold: () => {
      held.now += 1;
      return () => (held.now -= 1);
    },
  };
  const work = {
    client: server.client,
    session,
    clock: signal(new Date(`${day}T08:00:00Z`)),
    reload: () => Promise.resolve(),
    agenda: stillAgenda(),
    calendar: { loader },
    views: { current: signal({ kind: 'calendar' }) },
    said,
    say: (sentence: string | undefined, more: Partial<SaidMore> = {}) => {
      said.value = sentence;
      offers.splice(0, offers.length, ...(more.offers ?? []));
    },
  } as unknown as Work;
  const flow = createMoveFlow(work);
  const place = () => {
    const { stored, record } = shown.get(entry.stored.id) as ReadableEntry;
    return `${stored.day} ${record.time}`;
  };
  return { ...server, work, entry, flow, place, held, said, offers };
}

function to(entry: ReadableEntry, change: { day?: string; time?: string; durationMinutes?: number }) {
  const { practitionerId } = entry.stored;
  return { day, time: '10:30', durationMinutes: 20, practitionerId, ...change };
}

/** Until what was begun is over. */
async function settled({ held }: { held: { now: number } }): Promise<void> {
  while (held.now > 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

test('within the day an appointment is moved at once, and can be put back', async () => {
  const set = await setUp();
  set.flow.request(set.entry, to(set.entry, { time: '11:00' }));
  assert.equal(set.place(), `${day} 11:00`, 'before the server has answered');
  assert.equal(set.held.now, 1, 'and nothing it said earlier puts it back');
  await settled(set);
  assert.equal(set.flow.state.value.kind, 'still');
  assert.match(set.said.value ?? '', /Frau Muster/);
  assert.deepEqual(
    set.offers.map(({ label }) => label),
    ['Rückgängig'],
  );
  set.offers[0]?.choose();
  while (set.place() !== `${day} 10:30`) await new Promise((resolve) => setImmediate(resolve));
  const stored = set.rows.get(set.entry.stored.id);
  assert.equal(stored?.version, 3);
  assert.deepEqual(
    set.inputs.at(-1)?.invitations.map(({ locatorHash }) => locatorHash),
    set.inputs[0]?.invitations.map(({ locatorHash }) => locatorHash),
    'the code that was sent opens again',
  );
});

test('another day is asked about first; no leaves everything as it was', async () => {
  const set = await setUp();
  set.flow.request(set.entry, to(set.entry, { day: '2026-11-27' }));
  assert.equal(set.flow.state.value.kind, 'asking');
  assert.equal(set.writes(), 1, 'only the booking');
  set.flow.leave();
  assert.equal(set.place(), `${day} 10:30`);
  assert.equal(set.held.now, 0);
  set.flow.request(set.entry, to(set.entry, { day: '2026-11-27' }));
  set.flow.go();
  await settled(set);
  assert.equal(set.place(), '2026-11-27 10:30');
  assert.deepEqual(
    set.offers.map(({ label }) => label),
    ['Rückgängig', 'Bescheid sagen'],
  );
  assert.notEqual(
    set.inputs.at(-1)?.invitations[0]?.locatorHash,
    set.inputs[0]?.invitations[0]?.locatorHash,
    'everyone has a new code',
  );
});

test('a move that fails puts the appointment back, and can be tried again', async () => {
  const set = await setUp();
  set.line.loses = 'request';
  set.flow.request(set.entry, to(set.entry, { time: '11:00' }));
  await settled(set);
  assert.equal(set.flow.state.value.kind, 'failed');
  assert.equal(set.place(), `${day} 10:30`);
  set.line.loses = 'nothing';
  set.flow.go();
  await settled(set);
  assert.equal(set.place(), `${day} 11:00`);
});

test('where it cannot be held, an appointment is not put', async () => {
  const set = await setUp();
  const problemOf = (change: Parameters<typeof to>[1]) => {
    set.flow.request(set.entry, to(set.entry, change));
    const { value } = set.flow.state;
    return value.kind === 'impossible' ? value.problem : value.kind;
  };
  assert.equal(problemOf({ day: '2026-11-25' }), 'day-past');
  assert.equal(problemOf({ time: '23:50' }), 'past-midnight');
  assert.equal(problemOf({ day: '2027-03-28', time: '02:30' }), 'time-skipped');
  assert.equal(problemOf({}), 'still', 'where it stands already');
  assert.equal(set.writes(), 1);
  assert.equal(set.place(), `${day} 10:30`);
});
