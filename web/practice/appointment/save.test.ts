import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeServer } from '../testing/fake-server.ts';
import { openPractice } from '../testing/open-practice.ts';
import type { AppointmentWish } from './form.ts';
import { draftOf, newDraft, saveDraft } from './save.ts';

const { session } = await openPractice();
const wish: AppointmentWish = {
  day: '2026-11-26',
  time: '10:30',
  durationMinutes: 20,
  note: '',
  participants: [
    { name: 'Frau Muster', email: '', telephone: '', role: 'patient', language: 'de', mailOnDay: 'no' },
  ],
};

test('a new appointment is booked, and a change of it is the next version', async () => {
  const { client, rows } = fakeServer();
  const booked = await saveDraft(client, session, newDraft(), wish);
  assert.equal(booked.stored.version, 1);
  const changed = await saveDraft(client, session, draftOf(booked), { ...wish, time: '11:00' });
  assert.equal(changed.stored.version, 2);
  assert.equal(changed.record.time, '11:00');
  assert.equal(rows.size, 1);
});

test('a request that was lost is sent again as it was', async () => {
  const { client, rows, line } = fakeServer();
  const draft = newDraft();
  line.loses = 'request';
  await assert.rejects(saveDraft(client, session, draft, wish), { code: 'OFFLINE' });
  const sent = draft.unanswered?.input.sealed;
  line.loses = 'nothing';
  const booked = await saveDraft(client, session, draft, wish);
  assert.equal(booked.stored.sealed, sent);
  assert.equal(rows.size, 1);
});

test('a lost answer to a booking makes no second appointment', async () => {
  const { client, rows, line, writes } = fakeServer();
  const draft = newDraft();
  line.loses = 'answer';
  await assert.rejects(saveDraft(client, session, draft, wish), { code: 'OFFLINE' });
  line.loses = 'nothing';
  const booked = await saveDraft(client, session, draft, wish);
  assert.equal(booked.stored.version, 1);
  assert.equal(rows.size, 1);
  assert.equal(writes(), 1);
});

test('what was changed after a lost answer becomes a change of the booking that had arrived', async () => {
  const { client, rows, line } = fakeServer();
  const draft = newDraft();
  line.loses = 'answer';
  await assert.rejects(saveDraft(client, session, draft, wish), { code: 'OFFLINE' });
  line.loses = 'nothing';
  const saved = await saveDraft(client, session, draft, { ...wish, day: '2026-11-27' });
  assert.equal(saved.stored.version, 2);
  assert.equal(saved.stored.day, '2026-11-27');
  assert.equal(rows.size, 1);
});

test('a lost answer to a change is found again and is no conflict', async () => {
  const { client, line } = fakeServer();
  const booked = await saveDraft(client, session, newDraft(), wish);
  const draft = draftOf(booked);
  line.loses = 'answer';
  await assert.rejects(saveDraft(client, session, draft, { ...wish, note: 'neu' }), { code: 'OFFLINE' });
  line.loses = 'nothing';
  const saved = await saveDraft(client, session, draft, { ...wish, note: 'neu' });
  assert.equal(saved.stored.version, 2);
  assert.equal(saved.record.note, 'neu');
});

test('a change by someone else meanwhile is a conflict', async () => {
  const { client } = fakeServer();
  const booked = await saveDraft(client, session, newDraft(), wish);
  await saveDraft(client, session, draftOf(booked), { ...wish, note: 'von der anderen' });
  const mine = saveDraft(client, session, draftOf(booked), { ...wish, note: 'von mir' });
  await assert.rejects(mine, { code: 'VERSION_CONFLICT' });
});
