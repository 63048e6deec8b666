import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InvitationTrace, Participant } from '@sprechzimmer/protocol/appointment.ts';
import { deliveryId, type StoredDelivery } from '@sprechzimmer/protocol/delivery.ts';
import { appointmentId, invitationId, userId } from '@sprechzimmer/protocol/ids.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { invitationState, isUnderWay } from './invitation-state.ts';

const now = new Date('2026-11-24T09:00:00Z');
const id = invitationId.parse('018f6b0a-0000-7000-8000-000000000001');
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

const person: Participant = {
  invitationId: id,
  name: 'Frau Muster',
  email: 'muster@example.org',
  telephone: '',
  role: 'patient',
  language: 'de',
  code: 'K7QF93MDXW2P',
  locator: '',
  psk: '',
  sent: [],
  mailOnDay: 'no',
  viaServer: false,
  consent: null,
};

function delivery(change: Partial<StoredDelivery>): StoredDelivery {
  return {
    id: deliveryId.parse('018f6b0a-0000-7000-8000-000000000009'),
    invitationId: id,
    channel: 'mail',
    state: 'waiting',
    reason: null,
    dueAt: before(-60 * 48),
    changedAt: before(10),
    ...change,
  };
}

type Known = {
  trace?: Partial<InvitationTrace>;
  deliveries?: StoredDelivery[];
  sent?: Participant['sent'];
};

function stateOf({ trace, deliveries = [], sent = [] }: Known) {
  const seen = { id, openedAt: null, arrivedAt: null, attendedAt: null, isHere: false, consent: null };
  const participant = { ...person, sent };
  const entry: ReadableEntry = {
    kind: 'readable',
    stored: {
      id: appointmentId.parse('018f6b0a-0000-7000-8000-000000000002'),
      practitionerId: userId.parse('018f6b0a-0000-7000-8000-000000000003'),
      day: '2026-11-26',
      version: 1,
      generation: 1,
      sealed: '',
      heldAt: null,
      invitations: [{ ...seen, ...trace }],
      deliveries,
    },
    record: { time: '10:30', durationMinutes: 20, note: '', participants: [participant], hostCodes: [] },
  };
  return invitationState(entry, participant, now);
}

test('an invitation begins as not sent', () => {
  assert.deepEqual(stateOf({}), { tone: 'warn', text: 'Noch nicht verschickt' });
});

test('the newest of what the practice did and what became of a message counts', () => {
  const copied = { way: 'copied' as const, at: before(5) };
  const bounced = delivery({ state: 'bounced', dueAt: before(20), changedAt: before(10) });
  assert.match(stateOf({ sent: [copied], deliveries: [bounced] }).text, /^Kopiert/);
  const earlier = { ...copied, at: before(15) };
  const state = stateOf({ sent: [earlier], deliveries: [bounced] });
  assert.equal(state.text, 'E-Mail zurückgekommen');
  assert.equal(state.tone, 'bad');
  assert.match(state.remedy ?? '', /anderen Weg/);
});

test('a planned mail is told where nothing else is, and hides nothing that was done', () => {
  const planned = delivery({});
  assert.match(stateOf({ deliveries: [planned] }).text, /^E-Mail geplant: /);
  const sent = [{ way: 'letter' as const, at: before(60) }];
  assert.match(stateOf({ deliveries: [planned], sent }).text, /^Brief gedruckt/);
});

test('each end of a message is told, with what to do', () => {
  const told = (change: Partial<StoredDelivery>) =>
    stateOf({ deliveries: [delivery({ dueAt: before(20), ...change })] });
  assert.equal(told({}).text, 'E-Mail ist unterwegs');
  assert.equal(told({ state: 'sending', channel: 'sms' }).text, 'SMS ist unterwegs');
  assert.match(told({ state: 'sent' }).text, /^E-Mail verschickt/);
  assert.equal(told({ reason: 'later' }).text, 'E-Mail wird noch einmal versucht');
  assert.match(told({ state: 'refused', reason: 'address' }).remedy ?? '', /prüfen Sie/);
  assert.match(told({ state: 'uncertain' }).remedy ?? '', /nicht noch einmal verschickt/);
  assert.match(told({ state: 'over' }).remedy ?? '', /vorbei/);
});

test('what the participant has done counts most, and being here above all', () => {
  const sent = [{ way: 'copied' as const, at: before(1) }];
  const at = before(30);
  const opened = { openedAt: at };
  assert.equal(stateOf({ sent, trace: opened }).text, 'Hat die Einladung geöffnet');
  const arrived = { ...opened, arrivedAt: at };
  assert.equal(stateOf({ sent, trace: arrived }).text, 'War im Wartezimmer');
  assert.equal(stateOf({ sent, trace: { ...arrived, isHere: true } }).text, 'Ist im Wartezimmer');
  assert.equal(stateOf({ sent, trace: { ...arrived, attendedAt: at } }).text, 'War da');
});

test('only what is due keeps the page looking', () => {
  assert.equal(isUnderWay(delivery({}), now), false);
  assert.equal(isUnderWay(delivery({ dueAt: before(1) }), now), true);
  const ahead = before(-1);
  assert.equal(isUnderWay(delivery({ dueAt: ahead, changedAt: ahead }), now), true, 'a clock that is slow');
  assert.equal(isUnderWay(delivery({ state: 'sending' }), now), true);
  assert.equal(isUnderWay(delivery({ state: 'sent' }), now), false);
});
