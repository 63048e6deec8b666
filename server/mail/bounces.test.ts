import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { createLog } from '../http/log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { openTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { newBounceAddress, readBounceAddress } from './bounce-address.ts';
import { readBounce } from './bounce-report.ts';
import { listenForBounces } from './listen-for-bounces.ts';

const bounce = { domain: 'bounce.praxis.example', host: '127.0.0.1', port: 0 };

function report(fields: string, type = 'multipart/report; report-type=delivery-status;'): string {
  return [
    'From: MAILER-DAEMON@mail.praxis.example',
    'Subject: Undelivered Mail Returned to Sender',
    `Content-Type: ${type}`,
    '\tboundary="b=4711"',
    'MIME-Version: 1.0',
    '',
    'This is a MIME-encapsulated message.',
    '--b=4711',
    'Content-Type: text/plain',
    '',
    'I am sorry. Action: failed',
    '--b=4711',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.praxis.example',
    '',
    ...fields.split('\n'),
    '',
    '--b=4711--',
    '',
  ].join('\r\n');
}
const failed = 'Final-Recipient: rfc822; weg@beispiel.example\nAction: failed\nStatus: 5.1.1';

test('a report of failure says whether the address was to blame', () => {
  assert.equal(readBounce(report(failed)), 'address');
  assert.equal(readBounce(report('Action: failed')), 'address');
  assert.equal(readBounce(report('Action: failed (mailbox full)\nStatus: 5.2.2')), 'mail-server');
  assert.equal(readBounce(report('ACTION: FAILED\nStatus: 5.6.1')), 'content');
});

test('delays, receipts, out-of-office replies and letters are no bounces', () => {
  for (const fields of ['Action: delayed\nStatus: 4.4.1', 'Action: delivered', 'Action: relayed', '']) {
    assert.equal(readBounce(report(fields)), undefined, fields);
  }
  assert.equal(
    readBounce(report(failed, 'multipart/report; report-type=disposition-notification;')),
    undefined,
  );
  assert.equal(readBounce(report(failed, 'multipart/mixed;')), undefined);
  assert.equal(readBounce('Auto-Submitted: auto-replied\r\n\r\nAction: failed\r\n'), undefined);
  assert.equal(readBounce(''), undefined);
  assert.equal(readBounce('Content-Type: multipart/report; report-type=delivery-status\r\n\r\nx'), undefined);
});

test('an address for bounces is told by its hash, in any case; any other is none', () => {
  const { address, hash } = newBounceAddress(bounce);
  assert.deepEqual(readBounceAddress(address, bounce), hash);
  assert.deepEqual(readBounceAddress(address.toUpperCase(), bounce), hash);
  const token = address.slice('bounce+'.length, address.indexOf('@'));
  assert.deepEqual(hash, createHash('sha256').update(token).digest());
  for (const other of [
    `bounce+${token}@elsewhere.example`,
    `bounce@${bounce.domain}`,
    `x${address}`,
    '',
    '@',
  ]) {
    assert.equal(readBounceAddress(other, bounce), undefined, other);
  }
});

let database: TestDatabase;
let listener: Awaited<ReturnType<typeof listenForBounces>>;
let logLines: string[];
let context: Parameters<typeof listenForBounces>[0];
let practiceId: string;

before(async () => {
  database = await openTestDatabase();
  practiceId = randomUUID();
  await database.db.insertInto('practice').values({ id: practiceId, time_zone: 'Europe/Berlin' }).execute();
});
after(() => database.close());
beforeEach(async () => {
  logLines = [];
  const log = createLog('debug', { write: (line) => logLines.push(line) });
  context = { db: database.db, log, metrics: createMetrics(), now: () => new Date() };
  listener = await listenForBounces(context, bounce);
});
afterEach(() => listener.close());

async function addSent(state = 'sent') {
  const { address, hash } = newBounceAddress(bounce);
  const id = randomUUID();
  const at = new Date();
  const row = { id, practice_id: practiceId, channel: 'mail', is_on_day: false, state, bounce_hash: hash };
  const content = state === 'sending' ? { content: Buffer.of(1) } : {};
  await database.db
    .insertInto('delivery')
    .values({ ...row, ...content, due_at: at, next_attempt_at: at, changed_at: at })
    .execute();
  return { id, address };
}

async function stateOf(id: string) {
  const { db } = database;
  return db.selectFrom('delivery').where('id', '=', id).select(['state', 'reason']).executeTakeFirstOrThrow();
}

async function deliver(
  to: string | string[],
  source: string,
  port: number = listener.port,
): Promise<unknown> {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  return transport.sendMail({ envelope: { from: '', to }, raw: source }).finally(() => transport.close());
}

test('a message that came back is marked once, and nobody is named', async () => {
  const { id, address } = await addSent();
  await deliver(address, report(failed));
  assert.deepEqual(await stateOf(id), { state: 'bounced', reason: 'address' });
  await deliver(address, report('Action: failed\nStatus: 5.6.0'));
  assert.deepEqual(await stateOf(id), { state: 'bounced', reason: 'address' });
  assert.match(logLines.join(''), new RegExp(id));
  assert.doesNotMatch(logLines.join(''), /beispiel|bounce\+/);
});

test('what is no report of failure changes nothing', async () => {
  const { id, address } = await addSent();
  await deliver(address, report('Action: delayed'));
  await deliver(address, 'Subject: Ich bin im Urlaub\r\nAuto-Submitted: auto-replied\r\n\r\nBis bald\r\n');
  assert.deepEqual(await stateOf(id), { state: 'sent', reason: null });
});

test('a report that comes before the sending is written down is asked for again', async () => {
  const { id, address } = await addSent('sending');
  await assert.rejects(deliver(address, report(failed)), { responseCode: 451 });
  assert.equal((await stateOf(id)).state, 'sending');
});

test('mail for anybody else, for several, or too large is not taken', async () => {
  const { address } = await addSent();
  const other = newBounceAddress(bounce).address;
  for (const to of [
    'praxis@praxis.example',
    'bounce@bounce.praxis.example',
    'bounce+1@bounce.praxis.example',
  ]) {
    await assert.rejects(deliver(to, report(failed)), { responseCode: 550 }, to);
  }
  await assert.rejects(deliver(address, report(`${failed}\n\n${'x'.repeat(300_000)}`)), {
    responseCode: 552,
  });
  const { rejected } = (await deliver([address, other], report('Action: delayed'))) as { rejected: string[] };
  assert.deepEqual(rejected, [other]);
  await deliver(other, report(failed)); // well-formed and of nobody: taken, and forgotten
});

function open(port: number, first: string): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(first));
  socket.on('error', () => {});
  socket.resume();
  return socket;
}

test('who speaks slowly, says nothing or never ends a line is cut off, and bounces come in again', async () => {
  const patient = await listenForBounces(context, bounce, { idleMs: 60_000, longestMs: 300 });
  const hasty = await listenForBounces(context, bounce, { idleMs: 200, longestMs: 60_000 });
  const busy: NodeJS.Timeout[] = [];
  try {
    // As many as it takes at a time: nobody else is heard meanwhile.
    const slow = Array.from({ length: 20 }, () => open(patient.port, 'EHLO '));
    for (const socket of slow) busy.push(setInterval(() => socket.write('x'), 20));
    const endless = open(listener.port, `EHLO ${'x'.repeat(5_000_000)}`);
    const cut = [...slow, open(hasty.port, ''), endless];
    await Promise.all(cut.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    const { id, address } = await addSent();
    await deliver(address, report(failed), patient.port);
    assert.deepEqual(await stateOf(id), { state: 'bounced', reason: 'address' });
  } finally {
    for (const timer of busy) clearInterval(timer);
    await Promise.all([patient.close(), hasty.close()]);
  }
});
