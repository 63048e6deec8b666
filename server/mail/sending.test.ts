import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { DeliveryInput } from '@sprechzimmer/protocol/delivery.ts';
import { newDelivery, readDelivery, untilDelivery, untilState } from '../testing/test-deliveries.ts';
import { startTestMailServer, type TestMailServer, textOf } from '../testing/test-mail-server.ts';
import { allowUsers, openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let mail: TestMailServer;
let server: TestServer;
let practice: TestPractice;
let skewMs = 0;

before(async () => {
  mail = await startTestMailServer({ account: { user: 'praxis', password: 'ge heim' } });
});
after(() => mail.close());
beforeEach(async () => {
  mail.received.length = 0;
  mail.behaviour = {};
  skewMs = 0;
  const now = (): Date => new Date(Date.now() + skewMs);
  server = await startTestServer({ config: { smtp: mail.smtp }, now });
  practice = await openTestPractice(server);
  await allowUsers(server, practice);
});
afterEach(() => server.close());

/** Plans one message with an appointment of today. */
async function plan(changes: Partial<DeliveryInput> = {}): Promise<DeliveryInput> {
  const { input } = await practice.newAppointment();
  const invitationId = input.invitations[0]?.id ?? null;
  const delivery = newDelivery(server.context.now(), { invitationId, ...changes });
  await practice.client.appointment.book({ ...input, deliveries: [delivery] });
  return delivery;
}

test('a message arrives over TLS, as written, and nothing of it stays at the server', async () => {
  const calendarFile = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n';
  const { id } = await plan({ subject: 'Termin bei Dr. Müller 🩺', calendarFile });
  const row = await untilState(server.context.db, id, 'sent');
  assert.equal(row.content, null);
  const [received, ...others] = mail.received;
  assert.ok(received);
  assert.deepEqual(others, []);
  assert.equal(received.isEncrypted, true);
  assert.equal(received.from, 'post@praxis.example');
  assert.deepEqual(received.to, ['erika@beispiel.example']);
  assert.match(received.source, /^Auto-Submitted: auto-generated\r$/m);
  assert.match(received.source, /^Subject: =\?UTF-8\?/im);
  assert.match(received.source, /^Message-ID: <[0-9a-f-]+@praxis\.example>\r$/im);
  assert.match(received.source, /text\/calendar; charset=utf-8; method=PUBLISH/);
  assert.match(textOf(received), /Ihr Link: https:\/\/video\.praxis\.example\/#K7QF93MDXW2P/);
});

test('greylisted, it is tried again after a while, and then arrives once', async () => {
  const { db } = server.context;
  mail.behaviour.onRecipient = () => 450;
  const { id } = await plan();
  const put = await untilDelivery(db, id, ({ reason }) => reason === 'later');
  assert.equal(put.state, 'waiting');
  const delayMs = put.next_attempt_at.getTime() - server.context.now().getTime();
  assert.ok(delayMs > 40_000 && delayMs < 70_000, `${delayMs} ms`);
  mail.behaviour = {};
  skewMs += 120_000;
  assert.equal((await untilState(db, id, 'sent')).reason, null);
  assert.equal(mail.received.length, 1);
});

test('an address that is refused is said so, and the next one arrives over the same connection', async () => {
  const { db } = server.context;
  mail.behaviour.onRecipient = (address) => (address.startsWith('weg') ? 550 : undefined);
  const connections = mail.counts.connections;
  const { id } = await plan({ to: 'weg@beispiel.example' });
  assert.equal((await untilState(db, id, 'refused')).reason, 'address');
  await untilState(db, (await plan()).id, 'sent');
  assert.equal(mail.counts.connections, connections + 1);
});

test('a content that is refused is said so; put off after it was handed over, it is tried again', async () => {
  const { db } = server.context;
  mail.behaviour.onMessage = () => 554;
  const refused = await plan();
  const row = await untilState(db, refused.id, 'refused');
  assert.deepEqual([row.reason, row.content], ['content', null]);
  mail.behaviour.onMessage = () => 451;
  const { id } = await plan();
  const put = await untilDelivery(db, id, ({ reason }) => reason === 'later');
  assert.equal(put.state, 'waiting');
  mail.behaviour = {};
  skewMs += 120_000;
  await untilState(db, id, 'sent');
  assert.equal(mail.received.length, 1);
});

test('cut off after the message was handed over, it is uncertain and never sent again', async () => {
  const { db } = server.context;
  mail.behaviour.onMessage = () => 'drop';
  const { id } = await plan();
  assert.equal((await untilState(db, id, 'uncertain')).content, null);
  mail.behaviour = {};
  skewMs += 3_600_000;
  await untilState(db, (await plan()).id, 'sent');
  assert.equal(mail.received.length, 2);
});

test('cut off before the message itself was asked for, it is tried again', async () => {
  const { db } = server.context;
  for (const step of ['onConnect', 'onSender', 'onRecipient'] as const) {
    mail.behaviour = { [step]: () => 'drop' as const };
    const { id } = await plan();
    const put = await untilDelivery(db, id, ({ reason }) => reason !== null, step);
    assert.deepEqual([put.state, put.reason], ['waiting', 'unreachable'], step);
    mail.behaviour = {};
    skewMs += 120_000;
    await untilState(db, id, 'sent');
  }
  assert.equal(mail.received.length, 3);
});

test('a kept connection that has ended meanwhile costs nothing but a new one', async () => {
  const { db } = server.context;
  await untilState(db, (await plan()).id, 'sent');
  let isFirst = true;
  mail.behaviour.onSender = () => {
    if (!isFirst) return undefined;
    isFirst = false;
    return 'drop';
  };
  await untilState(db, (await plan()).id, 'sent');
  assert.equal(mail.received.length, 2);
});

test('cancelled or moved at the last moment, nothing is sent', async () => {
  const { db } = server.context;
  const { input } = await practice.newAppointment();
  const delivery = newDelivery(server.context.now(), { invitationId: input.invitations[0]?.id ?? null });
  mail.behaviour.onRecipient = async () => {
    await practice.client.appointment.cancel({ id: input.id, version: 1, deliveries: [] });
    return undefined;
  };
  await practice.client.appointment.book({ ...input, deliveries: [delivery] });
  while (await readDelivery(db, delivery.id)) await new Promise((resolve) => setTimeout(resolve, 20));
  mail.behaviour = {};
  await untilState(db, (await plan({ to: 'andere@beispiel.example' })).id, 'sent');
  assert.deepEqual(
    mail.received.map(({ to }) => to),
    [['andere@beispiel.example']],
  );
});

test('a message whose appointment has ended is not sent any more', async () => {
  const { db, now } = server.context;
  mail.behaviour.onRecipient = () => 450;
  const { id } = await plan({ endsAt: new Date(now().getTime() + 60_000).toISOString() });
  await untilDelivery(db, id, ({ reason }) => reason === 'later');
  mail.behaviour = {};
  skewMs += 3_600_000;
  const row = await untilState(db, id, 'over');
  assert.deepEqual([row.content, mail.received.length], [null, 0]);
});

test('a wrong password is tried rarely, whatever waits', async () => {
  const { db } = server.context;
  mail.account.password = 'neu';
  const { id } = await plan();
  const put = await untilDelivery(db, id, ({ reason }) => reason === 'sign-in');
  assert.ok(put.next_attempt_at.getTime() >= server.context.now().getTime() + 590_000);
  for (let more = 0; more < 20; more++) await plan();
  skewMs += 300_000;
  await plan();
  assert.equal(mail.counts.refusedPasswords, 1);
  mail.account.password = 'ge heim';
  skewMs += 400_000;
  await untilState(db, id, 'sent');
});

test('log lines tell of each message by its id, and of nobody', async () => {
  const canary = 'canary-4711';
  mail.behaviour = {
    onRecipient: (address) => (address.startsWith('weg') ? 550 : undefined),
    onMessage: ({ source }) => (source.includes('put-off') ? 451 : undefined),
  };
  const { db } = server.context;
  const to = `${canary}@beispiel.example`;
  const ids = [
    (await plan({ to, subject: canary, text: canary })).id,
    (await plan({ to: `weg-${to}`, subject: canary, text: canary })).id,
    (await plan({ to, subject: 'put-off', text: canary })).id,
  ];
  for (const id of ids) await untilDelivery(db, id, (row) => row.state !== 'waiting' || row.reason !== null);
  const lines = server.logLines.join('');
  for (const id of ids.slice(1)) assert.ok(lines.includes(id));
  assert.doesNotMatch(lines, /canary|beispiel/);
});
