import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals';
import type { StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { PracticeClient } from '../api.ts';
import { openPractice } from '../testing/open-practice.ts';
import type { Entry } from './agenda.ts';
import { createAgenda } from './agenda-loader.ts';

const { session } = await openPractice();
Object.assign(globalThis, { document: Object.assign(new EventTarget(), { visibilityState: 'visible' }) });

function entry(id: string, day: string, version: number): Entry {
  const stored = { id, day, version, generation: 1, sealed: '' } as StoredAppointment;
  return { kind: 'readable', stored, record: {} } as Entry;
}

/** An agenda whose server answers when the test says so, on 26 November. */
function openAgenda(t: { after(end: () => void): void }) {
  const answers: ((appointments: StoredAppointment[]) => void)[] = [];
  const list = () => new Promise((resolve) => answers.push((appointments) => resolve({ appointments })));
  const ended = new AbortController();
  t.after(() => ended.abort());
  const agenda = createAgenda({
    client: { appointment: { list } } as unknown as PracticeClient,
    session: () => session,
    reload: () => Promise.resolve(),
    clock: signal(new Date('2026-11-26T09:00:00Z')),
    active: () => true,
    signal: ended.signal,
  });
  const shown = () => agenda.state.value.entries.map(({ stored }) => `${stored.id} ${stored.version}`);
  return { agenda, answers, shown };
}

test('what was just saved is what is changed next, however late the server answers', async (t) => {
  const { agenda, answers, shown } = openAgenda(t);
  agenda.put(entry('a', '2026-11-26', 1));
  agenda.put(entry('a', '2026-11-27', 2));
  assert.deepEqual(shown(), ['a 2']);

  // Asked before it was saved, answered after.
  const asked = agenda.refresh();
  answers[0]?.([entry('a', '2026-11-26', 1).stored]);
  await new Promise(setImmediate);
  assert.deepEqual(shown(), ['a 2']);
  answers[1]?.([entry('a', '2026-11-27', 2).stored]);
  await asked;
  assert.deepEqual(shown(), ['a 2']);
});

test('what was cancelled, or moved beyond the coming fortnight, is gone at once', (t) => {
  const { agenda, shown } = openAgenda(t);
  agenda.put(entry('a', '2026-11-26', 1));
  agenda.put(entry('b', '2026-11-26', 1));
  agenda.put(entry('c', '2026-12-10', 1));
  agenda.remove(entry('a', '2026-11-26', 1).stored.id);
  agenda.put(entry('b', '2026-12-11', 2));
  assert.deepEqual(shown(), ['c 1']);
});
