import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase64url, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openCard } from '@sprechzimmer/crypto/card.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import {
  type AppointmentInput,
  appointmentInput,
  readAppointmentRecord,
  type StoredAppointment,
} from '@sprechzimmer/protocol/appointment.ts';
import { invitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { openPractice } from '../testing/open-practice.ts';
import type { AppointmentWish } from './form.ts';
import { changedPlan, newPlan } from './from-wish.ts';
import { openEntry, sealPlan } from './record.ts';
import { newDraft } from './save.ts';

const { session } = await openPractice();
const wish: AppointmentWish = {
  day: '2026-11-26',
  time: '10:30',
  durationMinutes: 20,
  note: 'Befund besprechen',
  participants: [
    {
      name: 'Jürgen Groß',
      email: 'juergen@example.org',
      telephone: '',
      role: 'patient',
      language: 'de',
      mailOnDay: 'no',
    },
  ],
};
const booked = await sealPlan(session, newPlan(session, newDraft().id, wish), undefined);
const stored = storedAs(booked, 1);

function storedAs(input: AppointmentInput, version: number): StoredAppointment {
  const { id, practitionerId, day, generation, sealed } = input;
  const seen = { heldAt: null, invitations: [], deliveries: [] };
  return { id, practitionerId, day, generation, sealed, version, ...seen };
}

async function readable(appointment: StoredAppointment) {
  const entry = await openEntry(session, appointment);
  assert.equal(entry.kind, 'readable');
  return entry;
}

test('a booking fits the contract and tells the server neither name nor hour nor code', async () => {
  assert.ok(appointmentInput.safeParse(booked).success);
  const { record } = await readable(stored);
  const [participant] = record.participants;
  assert.equal(participant?.name, 'Jürgen Groß');
  const wire = JSON.stringify(booked);
  for (const secret of ['Jürgen', 'juergen@', '10:30', 'Befund', participant.code, participant.psk]) {
    assert.equal(wire.includes(secret), false, secret);
  }
});

test('the code of the record finds the invitation and opens its card', async () => {
  const { record } = await readable(stored);
  const { locator, psk, cardKey } = await deriveSecrets(
    record.participants[0]?.code ?? '',
    'invitation',
    session.roomOrigin,
  );
  assert.equal(booked.invitations[0]?.locatorHash, toBase64url(await sha256(locator)));
  assert.equal(record.participants[0]?.psk, toBase64url(psk));
  const card = await openCard(cardKey, fromBase64url(booked.invitations[0]?.card ?? ''));
  assert.deepEqual(invitationCard.parse(card), {
    appointmentId: booked.id,
    practice: 'Praxis Dr. Muster',
    practitioner: 'Dr. Erika Muster',
    start: '2026-11-26T10:30',
    timeZone: 'Europe/Berlin',
    telephone: '030 1234567',
    durationMinutes: 20,
    language: 'de',
    consent: '',
  });
});

test('another hour of the same day keeps the code; another day gets a new one', async () => {
  const entry = await readable(stored);
  const given = entry.record.participants[0];
  const same = { ...wish, participants: [{ ...wish.participants[0], invitationId: given?.invitationId }] };
  const change = (changes: Partial<AppointmentWish>) =>
    sealPlan(session, changedPlan(entry, { ...(same as AppointmentWish), ...changes }), entry);
  const later = await change({ time: '11:00' });
  const sameDay = await readable(storedAs(later, 2));
  assert.equal(sameDay.record.participants[0]?.code, given?.code);
  assert.equal(later.invitations[0]?.locatorHash, booked.invitations[0]?.locatorHash);
  assert.notEqual(later.invitations[0]?.card, booked.invitations[0]?.card);

  const moved = await change({ day: '2026-11-27' });
  const otherDay = await readable(storedAs(moved, 2));
  assert.notEqual(otherDay.record.participants[0]?.code, given?.code);
  assert.notEqual(moved.invitations[0]?.id, booked.invitations[0]?.id);
});

test('whoever is added gets a code of their own, whoever is taken out loses theirs', async () => {
  const entry = await readable(stored);
  const [first] = wish.participants;
  assert.ok(first);
  const relative = { ...first, name: 'Anna Groß', role: 'relative' as const, language: 'en' as const };
  const kept = { ...first, invitationId: entry.record.participants[0]?.invitationId };
  const two = changedPlan(entry, { ...wish, participants: [kept, relative] } as AppointmentWish);
  const input = await sealPlan(session, two, entry);
  const { record } = await readable(storedAs(input, 2));
  assert.deepEqual(
    record.participants.map(({ name, code }) => [name, code === entry.record.participants[0]?.code]),
    [
      ['Jürgen Groß', true],
      ['Anna Groß', false],
    ],
  );
  const alone = changedPlan(entry, { ...wish, participants: [relative] });
  const { invitations } = await sealPlan(session, alone, entry);
  assert.equal(invitations.length, 1);
  assert.notEqual(invitations[0]?.id, booked.invitations[0]?.id);
});

test('a record of the first version opens, its one field read as what it held', () => {
  const participant = { invitationId: crypto.randomUUID(), name: 'A', code: 'K7QF93MDXW2P' };
  const keys = { locator: 'A'.repeat(22), psk: 'A'.repeat(43) };
  const opened = (contact: string) =>
    readAppointmentRecord({
      time: '10:30',
      durationMinutes: 20,
      note: '',
      participants: [{ ...participant, ...keys, contact }],
    }).participants[0];
  assert.equal(opened('a@b.de')?.email, 'a@b.de');
  assert.equal(opened('030 1')?.telephone, '030 1');
  assert.equal(opened('')?.mailOnDay, 'no');
});

test('a record that was changed, moved or given an old version does not open and breaks nothing', async () => {
  const flipped = booked.sealed.endsWith('A') ? 'B' : 'A';
  const strange: StoredAppointment[] = [
    { ...stored, sealed: booked.sealed.slice(0, -1) + flipped },
    { ...stored, version: 2 },
    { ...stored, id: newDraft().id },
    { ...stored, generation: 7 },
    { ...stored, sealed: '' },
  ];
  for (const appointment of strange) {
    assert.deepEqual(await openEntry(session, appointment), { kind: 'unreadable', stored: appointment });
  }
});
