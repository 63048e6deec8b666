import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import { ApiError, type PracticeClient } from '../api.ts';
import type { Entry } from '../appointment/agenda.ts';
import { createRangeLoader, type DayRange } from './range-loader.ts';

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
Object.assign(globalThis, { document: page });

let closing = new AbortController();
afterEach(() => {
  closing.abort();
  closing = new AbortController();
});

const first: DayRange = { from: '2026-11-23', to: '2026-11-29' };
const second: DayRange = { from: '2026-11-30', to: '2026-12-06' };

function stored(id: string, day: string, version = 1): StoredAppointment {
  return {
    id,
    day,
    version,
    generation: 1,
    sealed: 'AA',
    practitionerId: 'me',
  } as unknown as StoredAppointment;
}

/** A server that answers when it is told to. */
function setUp(rows: StoredAppointment[]) {
  const asked: { range: DayRange; answer: () => void; fail: () => void }[] = [];
  const list = (range: DayRange) =>
    new Promise((resolve, reject) => {
      const appointments = rows.filter(({ day }) => day >= range.from && day <= range.to);
      asked.push({
        range,
        answer: () => resolve({ appointments }),
        fail: () => reject(new ApiError('OFFLINE')),
      });
    });
  const loader = createRangeLoader({
    client: { appointment: { list } } as unknown as PracticeClient,
    session: () => ({ generation: 1, recordKeys: new Map() }) as never,
    reload: async () => undefined,
    active: () => true,
    signal: closing.signal,
  });
  const ids = () => loader.state.value.entries.map((entry) => entry.stored.id).sort();
  return { loader, asked, rows, ids };
}

/** Lets everything that is not waiting for a server go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('asks for the days that are shown and no others', async () => {
  const { loader, asked, ids } = setUp([stored('a', '2026-11-24'), stored('b', '2026-12-01')]);
  loader.show(first);
  asked[0]?.answer();
  await settle();
  assert.deepEqual(
    asked.map(({ range }) => range),
    [first],
  );
  assert.deepEqual(ids(), ['a']);
  assert.ok(loader.state.value.loadedAt);
});

test('on coming back, what is known stands there at once, and is then freshened', async () => {
  const { loader, asked, ids, rows } = setUp([stored('a', '2026-11-24'), stored('b', '2026-11-25')]);
  loader.show(first);
  asked[0]?.answer();
  await settle();
  loader.show(second);
  asked[1]?.answer();
  await settle();
  assert.deepEqual(ids(), []);
  rows.splice(0, 1); // cancelled meanwhile
  loader.show(first);
  assert.deepEqual(ids(), ['a', 'b'], 'before the server has said anything');
  assert.equal(loader.state.value.loadedAt, undefined);
  asked[2]?.answer();
  await settle();
  assert.deepEqual(ids(), ['b']);
});

test('an answer for days that are no longer shown changes nothing', async () => {
  const { loader, asked, ids } = setUp([stored('a', '2026-11-24'), stored('b', '2026-12-01')]);
  loader.show(first);
  loader.show(second);
  asked[1]?.answer();
  await settle();
  asked[0]?.answer();
  await settle();
  assert.deepEqual(ids(), ['b']);
});

test('of two answers for the same days the later question wins', async () => {
  const { loader, asked, ids, rows } = setUp([stored('a', '2026-11-24')]);
  loader.show(first);
  rows.push(stored('b', '2026-11-25'));
  void loader.refresh();
  asked[1]?.answer();
  await settle();
  asked[0]?.answer();
  await settle();
  assert.deepEqual(ids(), ['a', 'b']);
});

test('opens a record once, and again only when it has changed', async () => {
  const { loader, asked, rows } = setUp([stored('a', '2026-11-24')]);
  loader.show(first);
  asked[0]?.answer();
  await settle();
  const opened = { kind: 'readable', stored: stored('a', '2026-11-24'), record: { note: 'once' } };
  loader.put(opened as unknown as Entry);
  rows[0] = { ...stored('a', '2026-11-24'), heldAt: '2026-11-24T10:00:00Z' };
  void loader.refresh();
  asked[1]?.answer();
  await settle();
  const [kept] = loader.state.value.entries;
  assert.ok(kept?.kind === 'readable', 'it was not opened anew: here is no key for it');
  assert.equal(kept.stored.heldAt, '2026-11-24T10:00:00Z', 'what the server has seen is new');
  rows[0] = stored('a', '2026-11-24', 2);
  void loader.refresh();
  asked[2]?.answer();
  await settle();
  assert.equal(loader.state.value.entries[0]?.kind, 'unreadable');
});

test('while something is moved, no answer puts it back; afterwards the server is asked again', async () => {
  const { loader, asked, ids } = setUp([stored('a', '2026-11-24')]);
  loader.show(first);
  asked[0]?.answer();
  await settle();
  void loader.refresh();
  const release = loader.hold();
  loader.put({ kind: 'unreadable', stored: stored('a', '2026-11-26') });
  asked[1]?.answer();
  void loader.refresh();
  await settle();
  assert.equal(asked.length, 2, 'nothing is asked meanwhile');
  assert.equal(loader.state.value.entries[0]?.stored.day, '2026-11-26');
  release();
  release();
  assert.equal(asked.length, 3);
  asked[2]?.answer();
  await settle();
  assert.deepEqual(ids(), ['a']);
});

test('without an answer what is known stays, and the state says so', async () => {
  const { loader, asked, ids } = setUp([stored('a', '2026-11-24')]);
  loader.show(first);
  asked[0]?.answer();
  await settle();
  void loader.refresh();
  asked[1]?.fail();
  await settle();
  assert.deepEqual(ids(), ['a']);
  assert.equal(loader.state.value.failed, true);
});

test('asks when the page becomes visible, and not while the calendar is closed', () => {
  const { loader, asked } = setUp([]);
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(asked.length, 0);
  loader.show(first);
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(asked.length, 2);
  loader.hide();
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(asked.length, 2);
});
