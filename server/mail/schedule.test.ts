import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { createTransport } from 'nodemailer';
import type { DeliveryInput } from '@sprechzimmer/protocol/delivery.ts';
import { openDatabase } from '../db/database.ts';
import type { Config } from '../http/config.ts';
import type { Context } from '../http/context.ts';
import { createLog } from '../http/log.ts';
import { newDelivery, readDelivery, untilDelivery, untilState } from '../testing/test-deliveries.ts';
import { startTestMailServer, type TestMailServer } from '../testing/test-mail-server.ts';
import { allowUsers, openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { planDeliveries } from './plan-deliveries.ts';
import { scheduleDeliveries } from './schedule-deliveries.ts';
import { freePort } from '../testing/free-port.ts';

let mail: TestMailServer;
let server: TestServer;
let practice: TestPractice;
let moment: Date;

beforeEach(() => {
  moment = new Date('2027-03-27T12:00:00Z');
});
afterEach(async () => {
  await server.close();
  await mail.close();
});

async function start(config: Partial<Config> = {}, tls?: 'implicit' | 'none'): Promise<void> {
  mail = await startTestMailServer(tls && { tls });
  server = await startTestServer({ config: { smtp: mail.smtp, ...config }, now: () => moment });
  practice = await openTestPractice(server);
  await allowUsers(server, practice);
}

async function plan(day: string, changes: Partial<DeliveryInput> = {}): Promise<DeliveryInput> {
  const { input } = await practice.newAppointment({ day });
  const invitationId = input.invitations[0]?.id ?? null;
  const endsAt = `${day}T20:00:00Z`;
  const delivery = newDelivery(moment, { invitationId, due: 'on-day', endsAt, ...changes });
  await practice.client.appointment.book({ ...input, deliveries: [delivery] });
  return delivery;
}

/** A message for at once, planned on a server that sends. */
async function planWith(context: Pick<Context, 'config' | 'now'>, day: string): Promise<string> {
  const { input } = await practice.newAppointment({ day });
  await practice.client.appointment.book(input);
  const { practiceId } = practice;
  const target = { practiceId, timeZone: 'Europe/Berlin', appointmentId: input.id, day };
  const delivery = newDelivery(moment, { invitationId: input.invitations[0]?.id ?? null });
  await planDeliveries(server.context.db, context, target, { deliveries: [delivery], keepDeliveries: [] });
  return delivery.id;
}

/** Another server process's sender, on the same database. */
function openSecond(config: Partial<Config> = {}) {
  const db = openDatabase({ connectionString: server.connectionString, schema: server.schema });
  const log = createLog('silent');
  const context = { ...server.context, db, log, config: { ...server.context.config, ...config } };
  const schedule = scheduleDeliveries(context);
  return {
    context,
    async close(): Promise<void> {
      await schedule.close();
      await db.destroy();
    },
  };
}

test('it is sent at the hour and not before, also on the night without that hour', async () => {
  await start();
  const { db } = server.context;
  await practice.client.practice.setMailTime({ mailTime: '02:30' });
  const { id } = await plan('2027-03-28');
  moment = new Date('2027-03-28T01:29:59Z');
  // Something else that is due meanwhile shows that the outbox has been looked at.
  await untilState(db, (await plan('2027-03-29', { due: 'now' })).id, 'sent');
  assert.equal((await readDelivery(db, id))?.state, 'waiting');
  moment = new Date('2027-03-28T01:30:00Z');
  await untilState(db, id, 'sent');
  assert.equal(mail.received.length, 2);
});

test('after a standstill what is still of use is sent, and what is over is said to be over', async () => {
  await start();
  const { db } = server.context;
  const morning = await plan('2027-03-28', { endsAt: '2027-03-28T08:00:00Z' });
  const evening = await plan('2027-03-28');
  moment = new Date('2027-03-28T12:00:00Z');
  const row = await untilState(db, morning.id, 'over');
  assert.equal(row.content, null);
  await untilState(db, evening.id, 'sent');
  assert.equal(mail.received.length, 1);
});

test('after more than a day nothing is sent any more', async () => {
  await start();
  const { db } = server.context;
  const old = await plan('2027-03-28', { endsAt: '2027-04-28T08:00:00Z' });
  const fresh = await plan('2027-03-29');
  moment = new Date('2027-03-29T12:00:00Z');
  await untilState(db, fresh.id, 'sent');
  assert.equal((await readDelivery(db, old.id))?.state, 'waiting'); // until the next sweep
  assert.equal(mail.received.length, 1);
});

test('TLS from the start is spoken where the address says so', async () => {
  await start({}, 'implicit');
  await untilState(server.context.db, (await plan('2027-03-28', { due: 'now' })).id, 'sent');
  assert.equal(mail.received[0]?.isEncrypted, true);
});

test('a mail server that offers no TLS, or somebody between who takes the offer away, gets nothing', async () => {
  await start({}, 'none');
  const { id } = await plan('2027-03-28', { due: 'now' });
  const row = await untilDelivery(server.context.db, id, ({ reason }) => reason !== null);
  assert.deepEqual([row.state, row.reason], ['waiting', 'mail-server']);
  assert.deepEqual(mail.received, []);
});

test('a mail server whose certificate is not trusted gets nothing', async () => {
  await start({ smtp: undefined });
  const { ca: _, ...smtp } = mail.smtp;
  const second = openSecond({ smtp });
  try {
    const id = await planWith(second.context, '2027-03-28');
    const row = await untilDelivery(server.context.db, id, ({ reason }) => reason !== null);
    assert.equal(row.state, 'waiting');
    assert.deepEqual(mail.received, []);
  } finally {
    await second.close();
  }
});

test('without TLS it is sent only where the operator has said so', async () => {
  await start({ smtp: undefined }, 'none');
  const second = openSecond({ smtp: { ...mail.smtp, tls: 'off' } });
  try {
    await untilState(server.context.db, await planWith(second.context, '2027-03-28'), 'sent');
    assert.equal(mail.received[0]?.isEncrypted, false);
  } finally {
    await second.close();
  }
});

test('two servers on one database send each of 200 messages once', { timeout: 60_000 }, async () => {
  await start();
  const { db } = server.context;
  const deliveries = await Promise.all(Array.from({ length: 200 }, () => plan('2027-03-28')));
  const second = openSecond();
  try {
    moment = new Date('2027-03-28T06:00:00Z');
    for (const { id } of deliveries) await untilState(db, id, 'sent');
    const ids = mail.received.map(({ source }) => /^message-id: (.+)\r$/im.exec(source)?.[1]);
    assert.equal(ids.length, 200);
    assert.equal(new Set(ids).size, 200);
  } finally {
    await second.close();
  }
});

test('what a server has handed over and left behind is uncertain, and no other server sends it', async () => {
  await start();
  const { db } = server.context;
  const { id } = await plan('2027-03-28');
  await db.updateTable('delivery').set({ state: 'sending', attempts: 1, changed_at: moment }).execute();
  moment = new Date(moment.getTime() + 121_000);
  const row = await untilState(db, id, 'uncertain');
  assert.equal(row.content, null);
  assert.deepEqual(mail.received, []);
});

test('a server whose key is another one sends nothing, and says so', async () => {
  await start();
  const { db } = server.context;
  const { id } = await plan('2027-03-28');
  await server.context.db
    .updateTable('delivery')
    .set({ content: randomBytes(80) })
    .execute();
  moment = new Date('2027-03-28T06:00:00Z');
  assert.equal((await untilState(db, id, 'refused')).reason, 'mail-server');
  assert.match(server.logLines.join(''), /does not open with the server’s key/);
  assert.deepEqual(mail.received, []);
});

test('a database that fails is left alone for a while, and what is due is sent when it is back', async () => {
  await start();
  const { db } = server.context;
  const { id } = await plan('2027-03-28');
  moment = new Date('2027-03-28T06:00:00Z');
  await db.schema.alterTable('delivery').renameTo('elsewhere').execute();
  const failures = () => server.logLines.filter((line) => line.includes('sending failed')).length;
  const began = Date.now();
  while (failures() === 0 && Date.now() - began < 20_000)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await db.schema.alterTable('elsewhere').renameTo('delivery').execute();
  moment = new Date(moment.getTime() + 5_000);
  await untilState(db, id, 'sent');
  assert.equal(failures(), 1);
});

test('a server that stops waits for the answer to what it has handed over', async () => {
  await start({ smtp: undefined }); // only the second one sends
  const second = openSecond({ smtp: mail.smtp });
  const handedOver = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<undefined>();
  mail.behaviour.onMessage = () => {
    handedOver.resolve();
    return answered.promise;
  };
  const id = await planWith(second.context, '2027-03-28');
  await handedOver.promise;
  const closed = second.close();
  answered.resolve(undefined);
  await closed;
  assert.equal((await readDelivery(server.context.db, id))?.state, 'sent');
});

test('a server that stops lets go of what it has not handed over, for the next one at once', async () => {
  await start({ smtp: undefined });
  const second = openSecond({ smtp: mail.smtp });
  const asked = Promise.withResolvers<void>();
  mail.behaviour.onRecipient = () => {
    asked.resolve();
    return new Promise(() => {});
  };
  const id = await planWith(second.context, '2027-03-28');
  await asked.promise;
  await second.close();
  const row = await readDelivery(server.context.db, id);
  assert.deepEqual([row?.state, row?.next_attempt_at], ['waiting', moment]);
  assert.deepEqual(mail.received, []);
});

test('what comes back to a message’s own sender address is shown at the appointment', async () => {
  const bounce = { domain: 'bounce.praxis.example', host: '127.0.0.1', port: await freePort() };
  await start({ bounce });
  const { id } = await plan('2027-03-28', { due: 'now' });
  await untilState(server.context.db, id, 'sent');
  const sender = mail.received[0]?.from ?? '';
  assert.match(sender, /^bounce\+[0-9a-f]{32}@bounce\.praxis\.example$/);
  const transport = createTransport({ host: bounce.host, port: bounce.port, ignoreTLS: true });
  const type = 'Content-Type: multipart/report; report-type=delivery-status; boundary=x';
  const report = 'Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n';
  const raw = `${type}\r\n\r\n--x\r\n${report}\r\n--x--\r\n`;
  await transport.sendMail({ envelope: { from: '', to: sender }, raw });
  transport.close();
  const { appointments } = await practice.client.appointment.list({ from: '2027-03-28', to: '2027-03-28' });
  const [delivery] = appointments[0]?.deliveries ?? [];
  assert.deepEqual([delivery?.state, delivery?.reason], ['bounced', 'address']);
  const { troubles } = await practice.client.delivery.troubles({});
  assert.deepEqual(
    troubles.map((trouble) => trouble.id),
    [id],
  );
});

test('an SMS leaves through the operator’s gateway', async (t) => {
  const bodies: string[] = [];
  const gateway = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise((resolve) => gateway.close(resolve)));
  const { port } = gateway.address() as AddressInfo;
  await start({ sms: { url: `http://127.0.0.1:${port}/`, token: 't' } });
  const { id, text } = await plan('2027-03-28', { due: 'now', channel: 'sms', to: '+4930123456' });
  await untilState(server.context.db, id, 'sent');
  assert.deepEqual(
    bodies.map((body) => JSON.parse(body)),
    [{ to: '+4930123456', text }],
  );
});
