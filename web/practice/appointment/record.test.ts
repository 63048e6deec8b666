import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase64url, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openCard } from '@sprechzimmer/crypto/card.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import { appointmentInput, type StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import { invitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { openPractice } from '../testing/open-practice.ts';
import type { AppointmentWish } from './form.ts';
import { openEntry, sealBooking, sealChange } from './record.ts';
import { newDraft } from './save.ts';

const { session } = await openPractice();
const wish: AppointmentWish = {
  day: '2026-11-26',
  time: '10:30',
  durationMinutes: 20,
  name: 'Jürgen Groß',
  contact: 'juergen@example.org',
  note: 'Befund besprechen',
};
const booked = await sealBooking(session, newDraft().id, wish);
const stored: StoredAppointment = { ...booked, version: 1 };

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
    practice: 'Praxis Dr. Muster',
    practitioner: 'Dr. Erika Muster',
    start: '2026-11-26T10:30',
    timeZone: 'Europe/Berlin',
    telephone: '030 1234567',
    language: 'de',
  });
});

test('another hour of the same day keeps the code; another day gets a new one', async () => {
  const entry = await readable(stored);
  const later = await sealChange(session, entry, { ...wish, time: '11:00' });
  const sameDay = await readable({ ...later, version: 2 });
  assert.equal(sameDay.record.participants[0]?.code, entry.record.participants[0]?.code);
  assert.equal(later.invitations[0]?.locatorHash, booked.invitations[0]?.locatorHash);
  assert.notEqual(later.invitations[0]?.card, booked.invitations[0]?.card);

  const moved = await sealChange(session, entry, { ...wish, day: '2026-11-27' });
  const otherDay = await readable({ ...moved, version: 2 });
  assert.notEqual(otherDay.record.participants[0]?.code, entry.record.participants[0]?.code);
  assert.notEqual(moved.invitations[0]?.id, booked.invitations[0]?.id);
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
