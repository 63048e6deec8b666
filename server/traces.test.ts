import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { sql } from 'kysely';
import { newDelivery, untilState } from './testing/test-deliveries.ts';
import { startTestMailServer, type TestMailServer } from './testing/test-mail-server.ts';
import { allowUsers, openTestPractice, type TestPractice, testPassword } from './testing/test-practice.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import { newPlace, TestSocket } from './testing/test-signalling.ts';

/** What people are called, write and come from: nothing of it may be in a log line or among the metrics. */
const canaries = {
  address: '203.0.113.77',
  agent: 'KanarieAgent/1.0',
  wrongEmail: 'kanarie.unbekannt@praxis.example',
  wrongPassword: 'kanarie falsches Kennwort',
  recipient: 'kanarie.empfang@beispiel.example',
  unreachable: 'kanarie.abgewiesen@beispiel.example',
  newEmail: 'kanarie.neu@praxis.example',
  subject: 'KanarieBetreff',
  text: 'KanarieText',
  code: 'K7QF93MDXW2P',
  query: 'KanarieAnfrage',
  path: 'KanariePfad',
  body: 'KanarieRumpf',
};
const headers = { 'x-forwarded-for': canaries.address, 'user-agent': canaries.agent };

let mail: TestMailServer;
let server: TestServer;
let practice: TestPractice;
/** Found out on the way: ids, cookies, tickets, locators. */
const found: Record<string, string> = {};
/** As they were before anything was set right again. */
let lines: string;
let metrics: string;

before(async () => {
  mail = await startTestMailServer();
  mail.behaviour.onRecipient = (to) => (to === canaries.unreachable ? 550 : undefined);
  server = await startTestServer({
    config: {
      smtp: mail.smtp,
      trustProxy: true,
      relay: {
        urls: ['turn:turn.example.org:3478'],
        secret: 'ein-langes-kanarien-geheimnis',
        credentialMinutes: 10,
      },
    },
  });
  await useTheProduct();
  // Its own address it may tell.
  lines = server.logLines.filter((line) => !line.includes('"msg":"Server listening at ')).join('');
  metrics = await server.context.metrics.text();
});
after(async () => {
  await server.close();
  await mail.close();
});

function connect(origin = server.roomOrigin): TestSocket {
  return new TestSocket(server.roomOrigin.replace('http', 'ws') + signallingPath, { origin, headers });
}

/** A practice's day, with everything that goes wrong on it. */
async function useTheProduct(): Promise<void> {
  practice = await openTestPractice(server);
  await allowUsers(server, practice);
  await assert.rejects(practice.signIn({ password: canaries.wrongPassword }));
  await assert.rejects(practice.signIn({ email: canaries.wrongEmail }));
  await practice.signIn();
  Object.assign(found, {
    email: practice.email,
    password: testPassword,
    practiceId: practice.practiceId,
    userId: practice.userId,
    deviceId: practice.deviceId,
    cookie: practice.browser.cookie.split('=')[1],
    turnSecret: server.context.config.relay!.secret,
  });
  await bookAndJoin();
  for (const path of [`/?${canaries.query}#${canaries.code}`, `/${canaries.path}`, `/%${canaries.path}`]) {
    for (const origin of [server.practiceOrigin, server.roomOrigin]) await fetch(origin + path, { headers });
  }
  await post('/api/practice/signIn', `{"${canaries.body}`);
  await post(`/api/practice/${canaries.path}`, '{}');
  await post('/api/practice/challenge', 'x'.repeat(600_000));
  await breakTheDatabase();
}

async function bookAndJoin(): Promise<void> {
  const { db } = server.context;
  const { input, locators } = await practice.newAppointment();
  const [locator = ''] = locators;
  const invitationId = input.invitations[0]?.id ?? null;
  const content = { subject: canaries.subject, text: `${canaries.text} ${canaries.code}` };
  const now = server.context.now();
  const good = newDelivery(now, { ...content, invitationId, to: canaries.recipient });
  await practice.client.appointment.book({ ...input, deliveries: [good] });
  await untilState(db, good.id, 'sent');
  const other = await practice.newAppointment();
  const otherId = other.input.invitations[0]?.id ?? null;
  const bad = newDelivery(now, { ...content, invitationId: otherId, to: canaries.unreachable });
  await practice.client.appointment.book({ ...other.input, deliveries: [bad] });
  await untilState(db, bad.id, 'refused');

  const { ticket } = await practice.client.waitingRoom.hostTicket({});
  Object.assign(found, { locator, ticket, invitationId, appointmentId: input.id });
  const host = connect();
  host.say({ kind: 'host', v: 1, ticket });
  await host.next('hosting');
  const guest = connect();
  guest.say({ kind: 'join', v: 1, locator, place: newPlace() });
  await guest.next('joined');
  const { connection } = await host.next('arrived');
  host.say({ kind: 'called-in', connection });
  while ((await countHeld()) === 0) await new Promise(setImmediate);

  await practice.client.consultation.report({ way: 'relayed', setUpMs: 420 });

  const stranger = connect();
  stranger.say({ kind: 'join', v: 1, locator: randomBytes(16).toString('base64url'), place: newPlace() });
  await stranger.next('refused');
  const second = connect();
  second.say({ kind: 'join', v: 1, locator, place: newPlace() });
  await second.next('refused');
  const garbage = connect();
  garbage.send(canaries.body);
  await garbage.closed();
  assert.equal(await connect('https://foreign.example').refusedUpgrade(), 403);
  assert.equal(await new TestSocket(`${server.roomOrigin.replace('http', 'ws')}/x`).refusedUpgrade(), 404);
}

async function countHeld(): Promise<number> {
  const held = await server.context.db
    .selectFrom('appointment')
    .where('held_at', 'is not', null)
    .select('id')
    .execute();
  return held.length;
}

async function post(path: string, body: string): Promise<void> {
  await fetch(server.practiceOrigin + path, {
    method: 'POST',
    headers: { ...headers, origin: server.practiceOrigin, 'content-type': 'application/json' },
    body,
  });
}

/** PostgreSQL quotes the values in what it says of a fault. */
async function breakTheDatabase(): Promise<void> {
  const { db } = server.context;
  await sql`alter table practice_user add constraint planted check (email <> email) not valid`.execute(db);
  const change = { userId: practice.userId, email: canaries.newEmail, password: testPassword };
  await assert.rejects(practice.client.user.changeEmail(change), { code: 'INTERNAL' });
  await sql`alter table practice_user drop constraint planted`.execute(db);
  await sql`alter table practice_user rename column email to elsewhere`.execute(db);
  await assert.rejects(practice.client.practice.session({}));
  await assert.rejects(practice.signIn());
  await sql`alter table practice_user rename column elsewhere to email`.execute(db);
}

function assertNothingOfPeople(text: string, where: string): void {
  for (const [name, canary] of Object.entries({ ...canaries, ...found })) {
    assert.ok(canary.length > 5, name);
    assert.ok(!text.includes(canary), `${where}: ${name}`);
  }
  assert.doesNotMatch(text, /@praxis\.example|127\.0\.0\.1|kanarie/i, where);
}

test('no log line, at the level that says most, holds a person, an address, a code or a password', () => {
  assertNothingOfPeople(lines, 'log');
});

test('each request has a number in the log, its own, with route, status and duration', () => {
  const entries = server.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const requests = entries.filter(({ route }) => route !== undefined);
  assert.ok(requests.length > 20);
  for (const { app, requestId, method, status, ms } of requests) {
    assert.match(String(requestId), /^[0-9a-f-]{36}$/);
    assert.deepEqual(
      [typeof app, typeof method, typeof status, typeof ms],
      ['string', 'string', 'number', 'number'],
    );
  }
  assert.equal(new Set(requests.map(({ requestId }) => requestId)).size, requests.length);
});

test('an unexpected error says where, under the number of its request, and not with which values', () => {
  const entries = server.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const errors = entries.filter(({ error }) => error !== undefined);
  assert.ok(errors.length >= 2, lines);
  for (const { error, requestId } of errors) {
    const { name, at, message } = error as { name: string; at: string[]; message?: string };
    assert.equal(message, undefined);
    assert.ok(name.length > 0);
    assert.ok(
      at.some((frame) => frame.includes('/server/')),
      JSON.stringify(at),
    );
    assert.ok(entries.some((entry) => entry['requestId'] === requestId && entry['status'] === 500));
  }
});

test('no metric holds a person, an address, an id or a code', () => {
  assertNothingOfPeople(metrics, 'metrics');
  assert.doesNotMatch(metrics, /[0-9a-f]{8}-[0-9a-f]{4}-/);
  // Nothing that somebody made up becomes a label.
  const labels = [...metrics.matchAll(/\{([^}]*)\}/g)].flatMap(([, all = '']) => all.split(/,(?=\w+=)/));
  for (const label of labels) assert.match(label, /^\w+="[\w\-/:*.+]*"$/);
});

test('the metrics tell what happened', () => {
  const expected = [
    'sprechzimmer_consultations_total 1',
    'sprechzimmer_sockets 2',
    'sprechzimmer_hosts 1',
    'sprechzimmer_participants 1',
    'sprechzimmer_rooms 1',
    'sprechzimmer_ready 1',
    'sprechzimmer_joins_total{outcome="host"} 1',
    'sprechzimmer_joins_total{outcome="guest"} 1',
    'sprechzimmer_joins_total{outcome="code-unknown"} 1',
    'sprechzimmer_joins_total{outcome="occupied"} 1',
    'sprechzimmer_upgrades_refused_total{reason="origin"} 1',
    'sprechzimmer_upgrades_refused_total{reason="path"} 1',
    'sprechzimmer_refusals_total{code="SIGN_IN_REFUSED"} 2',
    'sprechzimmer_messages_total{channel="mail",outcome="sent",reason="none"} 1',
    'sprechzimmer_messages_total{channel="mail",outcome="refused",reason="address"} 1',
    'sprechzimmer_relay_credentials_total{purpose="seat"} 2',
    'sprechzimmer_messages_due{channel="mail"} 0',
    'sprechzimmer_database_requests_waiting 0',
    'sprechzimmer_sweeps_total{outcome="done"} 1',
    'sprechzimmer_consultation_ways_total{way="relayed"} 1',
    'sprechzimmer_consultation_set_up_seconds_count 1',
  ];
  const told = metrics.replaceAll(/^(#|.*_bucket|.*_sum).*\n/gm, '');
  for (const line of expected) assert.ok(told.includes(`\n${line}\n`), `${line}\n${told}`);
  const signIns = '_count{app="practice",method="POST",route="/api/practice/signIn",status="4xx"}';
  const notFound = '_count{app="room",method="GET",route="none",status="4xx"}';
  for (const series of [signIns, notFound]) assert.ok(told.includes(`${series} `), told);
  assert.match(told, /refusals_total\{code="INTERNAL"\} [2-9]/);
});
