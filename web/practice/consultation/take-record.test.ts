import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { signal } from '@preact/signals';
import { type ConsultationRecord, consultationRecord } from '@sprechzimmer/protocol/consultation-record.ts';
import { appointmentId } from '@sprechzimmer/protocol/ids.ts';
import { ApiError } from '../api.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { noteSent } from '../appointment/change.ts';
import { type Draft, draftOf, findCurrent, newDraft, saveDraft } from '../appointment/save.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { openPractice } from '../testing/open-practice.ts';
import { stillAgenda } from '../testing/still-agenda.ts';
import type { Work } from '../work.ts';
import { takeRecord } from './take-record.ts';
import { withRecord } from './with-record.ts';

const { session } = await openPractice();

async function booked() {
  const server = fakeServer();
  const person = {
    name: 'A',
    email: '',
    telephone: '',
    role: 'patient',
    language: 'de',
    mailOnDay: 'no',
  } as const;
  const wish = {
    day: '2026-11-26',
    time: '10:30',
    durationMinutes: 20,
    note: 'Notiz',
    participants: [person],
  };
  const entry = await saveDraft(server.client, session, newDraft(), wish);
  const agenda = stillAgenda([entry]);
  const view = signal<{ kind: string; editing?: { draft: Draft } }>({ kind: 'today' });
  const calendar = { loader: { put: () => {} } };
  const work = {
    client: server.client,
    session,
    reload: () => Promise.resolve(),
    agenda,
    calendar,
    views: { current: view },
  } as unknown as Work;
  const current = async () => {
    const found = await findCurrent(server.client, session, entry.stored);
    assert.ok(found);
    return found;
  };
  return { ...server, work, entry, wish, view, agenda, current };
}

function record(of: ReadableEntry, changes: Partial<ConsultationRecord> = {}): ConsultationRecord {
  const [participant] = of.record.participants;
  const at = '2026-11-26T09:31:00.000Z';
  return consultationRecord.parse({
    id: randomUUID(),
    startedAt: at,
    endedAt: '2026-11-26T09:43:00.000Z',
    endedBy: 'host',
    endedByName: '',
    practitioner: 'Dr. Muster',
    suite: 1,
    guests: [
      {
        invitationId: participant?.invitationId,
        name: 'A',
        role: 'patient',
        joinedAt: at,
        leftAt: at,
        words: 'Ahorn · Brücke · Chor',
        wordsCompared: false,
        paths: [],
      },
    ],
    ...changes,
  });
}

test('a record is written into the sealed appointment, once, however often it is handed over', async () => {
  const { work, entry, current, writes } = await booked();
  const one = record(entry);
  const message = { appointmentId: entry.stored.id, record: one };
  assert.equal(await takeRecord(work, message), 'kept');
  const after = await current();
  assert.deepEqual(after.record.consultations, [one]);
  assert.equal(after.record.note, 'Notiz');
  assert.equal(await takeRecord(work, message), 'kept');
  assert.deepEqual((await current()).record.consultations, [one]);
  assert.ok(writes() <= 3);
});

test('how its line was is reported to the operator once, and a report that is lost spoils nothing', async () => {
  const { work, entry, line, reports, agenda, current } = await booked();
  const lineReport = { way: 'relayed', setUpMs: 430 } as const;
  const message = { appointmentId: entry.stored.id, record: record(entry), line: lineReport };
  assert.equal(await takeRecord(work, message), 'kept');
  agenda.state.value = { entries: [await current()] };
  assert.equal(await takeRecord(work, message), 'kept');
  assert.deepEqual(reports, [lineReport]);
  line.loses = 'answer';
  await assert.rejects(takeRecord(work, { ...message, record: record(entry) }), ApiError);
  assert.deepEqual(reports, [lineReport]);
});

test('an answer that was lost doubles nothing', async () => {
  const { work, entry, current, line } = await booked();
  const message = { appointmentId: entry.stored.id, record: record(entry) };
  line.loses = 'answer';
  await assert.rejects(takeRecord(work, message), ApiError);
  line.loses = 'nothing';
  assert.equal(await takeRecord(work, message), 'kept');
  assert.equal((await current()).record.consultations?.length, 1);
});

test('what somebody else has changed meanwhile stays', async () => {
  const { work, entry, current } = await booked();
  const [participant] = entry.record.participants;
  assert.ok(participant);
  await noteSent(work, entry, participant.invitationId, 'copied');
  assert.equal(await takeRecord(work, { appointmentId: entry.stored.id, record: record(entry) }), 'kept');
  const after = await current();
  assert.equal(after.record.participants[0]?.sent.length, 1);
  assert.equal(after.record.consultations?.length, 1);
});

test('whoever writes in the appointment’s form meanwhile can save it as if nothing had happened', async () => {
  const { work, entry, current, client, wish, view } = await booked();
  const draft = draftOf(entry);
  view.value = { kind: 'form', editing: { draft } };
  await takeRecord(work, { appointmentId: entry.stored.id, record: record(entry) });
  const [participant] = entry.record.participants;
  assert.ok(participant);
  const { invitationId } = participant;
  const participants = wish.participants.map((one) => ({ ...one, invitationId }));
  await saveDraft(client, session, draft, { ...wish, participants, note: 'Neue Notiz' });
  const after = await current();
  assert.equal(after.record.note, 'Neue Notiz');
  assert.equal(after.record.consultations?.length, 1);
});

test('an appointment that is gone is told as such; one that cannot be asked for is asked again', async () => {
  const { work, entry, agenda, rows, line } = await booked();
  const message = { appointmentId: appointmentId.parse(randomUUID()), record: record(entry) };
  assert.equal(await takeRecord(work, message), 'gone');
  rows.delete(entry.stored.id);
  assert.equal(await takeRecord(work, { appointmentId: entry.stored.id, record: record(entry) }), 'gone');
  agenda.state.value = { entries: [] };
  line.loses = 'request';
  await assert.rejects(takeRecord(work, message), ApiError);
});

test('the newest records stay where there is no room for all', async () => {
  const { entry } = await booked();
  const long = 'x'.repeat(200);
  const guest = record(entry).guests[0];
  assert.ok(guest);
  const guests = Array.from({ length: 9 }, () => ({ ...guest, name: long, words: long.slice(0, 100) }));
  const all = Array.from({ length: 9 }, () => record(entry, { guests }));
  const kept = all.reduce<ConsultationRecord[]>((before, one) => withRecord(before, one), []);
  assert.ok(JSON.stringify(kept).length <= 20_000);
  assert.deepEqual(kept.at(-1), all.at(-1));
  assert.ok(kept.length >= 3);
});
