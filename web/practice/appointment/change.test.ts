import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConsentProfile } from '@sprechzimmer/protocol/invitation-settings.ts';
import { consentText } from '../invitation/consent-text.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { openPractice } from '../testing/open-practice.ts';
import { stillAgenda } from '../testing/still-agenda.ts';
import type { Work } from '../work.ts';
import {
  cancelAppointment,
  changeParticipant,
  moveAppointment,
  newHostCode,
  noteSent,
  restoreAppointment,
  revokeHostCode,
  sendNow,
} from './change.ts';
import type { AppointmentWish } from './form.ts';
import { newDraft, saveDraft } from './save.ts';

const { session } = await openPractice();
const wish: AppointmentWish = {
  day: '2026-11-26',
  time: '10:30',
  durationMinutes: 20,
  note: '',
  participants: [
    {
      name: 'Frau Muster',
      email: 'muster@example.org',
      telephone: '',
      role: 'patient',
      language: 'de',
      mailOnDay: 'link',
    },
  ],
};

async function booked(changes: Partial<AppointmentWish['participants'][number]> = {}) {
  const server = fakeServer();
  const agenda = stillAgenda();
  const reload = () => Promise.resolve();
  const work = { client: server.client, session, agenda, reload } as unknown as Work;
  const [person] = wish.participants;
  const participants = [{ ...person, ...changes }] as AppointmentWish['participants'];
  const entry = await saveDraft(server.client, session, newDraft(), { ...wish, participants });
  const [participant] = entry.record.participants;
  assert.ok(participant);
  return { ...server, work, entry, participant, lastInput: () => server.inputs.at(-1) };
}

const sooner = { day: wish.day, time: '09:00', durationMinutes: 30 };

test('who is mailed the link by the server is marked before the server gets it; without the code nobody is', async () => {
  const marked = await booked();
  assert.equal(marked.participant.viaServer, true);
  assert.equal(marked.entry.stored.deliveries[0]?.dueAt, '2026-11-26T06:00:00.000Z');
  assert.match(marked.lastInput()?.deliveries[0]?.text ?? '', new RegExp(marked.participant.code));
  const unmarked = await booked({ mailOnDay: 'without-code' });
  assert.equal(unmarked.participant.viaServer, false);
  const { code } = unmarked.participant;
  const sent = JSON.stringify(unmarked.lastInput()?.deliveries).replaceAll('-', '');
  assert.equal(sent.includes(code), false);
  assert.equal((await booked({ mailOnDay: 'no' })).lastInput()?.deliveries.length, 0);
});

test('a change that the mail does not tell keeps the mail that waits; another hour replaces it', async () => {
  const { work, entry, participant, lastInput } = await booked();
  const noted = await noteSent(work, entry, participant.invitationId, 'copied');
  assert.deepEqual(lastInput()?.deliveries, []);
  assert.deepEqual(lastInput()?.keepDeliveries, [entry.stored.deliveries[0]?.id]);
  assert.equal(noted.stored.deliveries.length, 1);
  const moved = await moveAppointment(work, noted, sooner);
  assert.deepEqual(lastInput()?.keepDeliveries, []);
  assert.equal(moved.stored.deliveries.length, 1);
  assert.match(lastInput()?.deliveries[0]?.text ?? '', /9:00/);
});

test('a mail that was sent is not planned again, on no change of the day', async () => {
  const { work, rows, entry, participant } = await booked();
  const [mail] = entry.stored.deliveries;
  assert.ok(mail);
  const sent = { ...entry, stored: { ...entry.stored, deliveries: [{ ...mail, state: 'sent' as const }] } };
  rows.set(entry.stored.id, sent.stored);
  const moved = await moveAppointment(work, sent, sooner);
  assert.deepEqual(
    moved.stored.deliveries.map(({ state }) => state),
    ['sent'],
  );
  const changed = await changeParticipant(work, moved, participant.invitationId, { language: 'en' });
  assert.equal(changed.stored.deliveries.length, 1);
});

test('on another day everyone has a new code and a new mail; undoing it brings code and mail back', async () => {
  const { work, entry, participant, lastInput } = await booked();
  const moved = await moveAppointment(work, entry, { ...sooner, day: '2026-11-27' });
  assert.notEqual(moved.record.participants[0]?.code, participant.code);
  assert.equal(moved.stored.deliveries[0]?.dueAt, '2026-11-27T06:00:00.000Z');
  const back = await restoreAppointment(work, entry, moved);
  assert.equal(back.stored.version, 3);
  assert.equal(back.record.participants[0]?.code, participant.code);
  assert.equal(back.record.time, '10:30');
  assert.equal(lastInput()?.invitations[0]?.id, participant.invitationId);
  assert.equal(lastInput()?.deliveries[0]?.invitationId, participant.invitationId);
});

test('a cancellation taken back revives the codes, and mails nobody a second time', async () => {
  const { work, rows, entry, participant, lastInput } = await booked();
  const [mail] = entry.stored.deliveries;
  assert.ok(mail);
  const sent = { ...entry, stored: { ...entry.stored, deliveries: [{ ...mail, state: 'sent' as const }] } };
  await cancelAppointment(work, sent);
  assert.equal(rows.size, 0);
  const back = await restoreAppointment(work, sent, undefined);
  assert.equal(back.stored.version, 1);
  assert.equal(back.record.participants[0]?.code, participant.code);
  assert.deepEqual(lastInput()?.deliveries, []);
});

test('a message that is sent now takes the place of the one for the day, and a lost answer sends none twice', async () => {
  const { work, line, rows, entry, participant, lastInput } = await booked({ mailOnDay: 'without-code' });
  const message = {
    channel: 'mail' as const,
    to: 'muster@example.org',
    subject: 'Ihr Link',
    text: `Link: ${session.roomOrigin}/#${participant.code}`,
    calendarFile: null,
  };
  line.loses = 'answer';
  await assert.rejects(sendNow(work, entry, participant.invitationId, message), { code: 'OFFLINE' });
  line.loses = 'nothing';
  const again = await sendNow(work, entry, participant.invitationId, message);
  assert.equal(rows.get(entry.stored.id)?.version, 2);
  assert.equal(again.stored.deliveries.length, 1);
  assert.equal(again.record.participants[0]?.viaServer, true);
  assert.equal(lastInput()?.deliveries[0]?.due, 'now');
});

test('a change beside somebody else’s is made on theirs', async () => {
  const { work, entry, participant } = await booked();
  const theirs = await changeParticipant(work, entry, participant.invitationId, { telephone: '030 9' });
  const mine = await noteSent(work, entry, participant.invitationId, 'letter');
  assert.equal(mine.stored.version, theirs.stored.version + 1);
  assert.equal(mine.record.participants[0]?.telephone, '030 9');
  assert.equal(mine.record.participants[0]?.sent[0]?.way, 'letter');
});

test('a host code is made, kept over changes of the day, revoked, and dies on another day', async () => {
  const { work, entry, lastInput } = await booked();
  const made = await newHostCode(work, entry);
  const [code] = made.record.hostCodes;
  assert.ok(code);
  const later = await moveAppointment(work, made, sooner);
  assert.equal(lastInput()?.hostCodes[0]?.id, code.id);
  const revoked = await revokeHostCode(work, later, code.id);
  assert.deepEqual(revoked.record.hostCodes, []);
  assert.deepEqual(lastInput()?.hostCodes, []);
  await moveAppointment(work, await newHostCode(work, revoked), { ...sooner, day: '2026-11-27' });
  assert.deepEqual(lastInput()?.hostCodes, []);
});

test('the newest consent text is asked for, in the participant’s language where there is one', () => {
  const text = (de: string, en: string) => ({ since: '2026-01-01T00:00:00Z', de, en });
  const consent: ConsentProfile = { asked: true, texts: [text('alt', ''), text('neu', 'new')] };
  assert.equal(consentText(consent, 'de'), 'neu');
  assert.equal(consentText(consent, 'en'), 'new');
  assert.equal(consentText({ ...consent, texts: [text('alt', '')] }, 'en'), 'alt');
  assert.equal(consentText({ ...consent, asked: false }, 'de'), '');
});
