import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestPractice } from '../server/testing/test-practice.ts';
import { startTestServer, type TestServer } from '../server/testing/test-server.ts';
import { repositoryRoot } from './build.ts';

let server: TestServer;

before(async () => {
  server = await startTestServer();
});
after(() => server.close());

function admin(...words: string[]): { status: number | null; output: string } {
  const search = `options=${encodeURIComponent(`-c search_path=${server.schema}`)}`;
  // A socket's address has no host before its slash, which a setting must have.
  const connectionString = server.connectionString.replace('@/', '@localhost/');
  const address = `${connectionString}${connectionString.includes('?') ? '&' : '?'}${search}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repositoryRoot, 'scripts', 'admin.ts'), ...words],
    { encoding: 'utf8', env: { ...process.env, DATABASE_URL: address } },
  );
  return { status, output: stdout + stderr };
}

test('the operator gives a practice another plan, and its request is answered', async () => {
  const practice = await openTestPractice(server);
  await practice.client.practice.requestPlan({ plan: 'plus' });
  assert.match(
    admin('plans').output,
    /basis {2}1 users, 1 participants, any number of consultations per month, no server mail, no SMS\nplus {2}any/,
  );
  assert.equal(admin('plan', practice.email, 'gold').status, 1);
  assert.equal(admin('plan', practice.email, 'plus').status, 0);
  const { practice: seen } = await practice.client.practice.session({});
  assert.deepEqual(seen.plan, {
    id: 'plus',
    maxUsers: null,
    maxParticipants: null,
    maxConsultationsPerMonth: null,
    serverMail: true,
    sms: true,
  });
  assert.equal(seen.requestedPlan, null);
});

test('the operator changes what a plan allows, and makes plans', async () => {
  const practice = await openTestPractice(server);
  assert.equal(admin('limit', 'forty', 'consultations-per-month', '40').status, 0);
  assert.equal(admin('limit', 'forty', 'sms', 'yes').status, 0);
  assert.equal(admin('limit', 'forty', 'users', '3').status, 0);
  assert.equal(admin('limit', 'forty', 'users', 'none').status, 0);
  assert.equal(admin('plan', practice.email, 'forty').status, 0);
  const { plan } = (await practice.client.practice.session({})).practice;
  assert.deepEqual(
    [plan.maxConsultationsPerMonth, plan.maxUsers, plan.serverMail, plan.sms],
    [40, null, false, true],
  );
  for (const wrong of [
    ['forty', 'users', '0'],
    ['forty', 'users', '-1'],
    ['forty', 'users', 'many'],
    ['forty', 'sms', '1'],
    ['forty', 'id', 'plus'],
    ['FORTY', 'users', '1'],
    ['', 'users', '1'],
  ]) {
    assert.equal(admin('limit', ...wrong).status, 1, wrong.join(' '));
  }
});

test('the operator keeps the shares that may be billed, each from its day on', () => {
  assert.match(admin('caps').output, /There is none/);
  assert.equal(admin('cap', '2026-01-01', '30', 'Rahmenvertrag', '§ 5').status, 0);
  assert.equal(admin('cap', '2026-04-01', '37,5', 'Beschluss vom 1. März').status, 0);
  assert.equal(
    admin('caps').output,
    'from 2026-04-01 on  37.5 %  Beschluss vom 1. März\nfrom 2026-01-01 on  30 %  Rahmenvertrag § 5\n',
  );
  assert.equal(admin('cap', '2026-04-01', 'none').status, 0);
  assert.doesNotMatch(admin('caps').output, /2026-04-01/);
  for (const wrong of [
    ['2026-02-30', '30', 'x'],
    ['2026-04-01', '101', 'x'],
    ['2026-04-01', '30'],
  ]) {
    assert.equal(admin('cap', ...wrong).status, 1, wrong.join(' '));
  }
});

test('a practice without devices and sheet is deleted, with all it had and nothing of others', async () => {
  const [practice, other] = [await openTestPractice(server), await openTestPractice(server)];
  for (const each of [practice, other]) {
    await each.client.appointment.book((await each.newAppointment()).input);
  }
  assert.equal(admin('plan', practice.email, 'plus').status, 0);
  assert.equal(admin('delete', practice.email).status, 1);
  assert.equal(admin('delete', 'nobody@praxis.example', '--delete-all').status, 1);
  await practice.client.practice.session({});
  assert.equal(admin('delete', practice.email, '--delete-all').status, 0);
  await assert.rejects(practice.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
  const left = await server.context.db.selectFrom('appointment').select('practice_id').execute();
  assert.ok(left.some((row) => row.practice_id === other.practiceId));
  assert.ok(left.every((row) => row.practice_id !== practice.practiceId));
  const hash = createHash('sha256').update(practice.practiceId).digest('hex');
  const { output } = admin('log');
  assert.match(output, new RegExp(`delete {2}practice deleted since, hash ${hash}\n`));
  assert.match(output, new RegExp(`plan {2}practice deleted since, hash ${hash} {2}plan plus\n`));
  assert.ok(!output.includes(practice.practiceId) && !output.includes(practice.email));
  const deleted = await server.context.db
    .selectFrom('deletion_log')
    .where('rule', '=', 'operator')
    .where('practice_hash', '=', Buffer.from(hash, 'hex'))
    .select('kind')
    .execute();
  assert.ok(deleted.some(({ kind }) => kind === 'appointment'));
});

test('practices are listed with what the operator may know, and that they were is written down', async () => {
  const practice = await openTestPractice(server);
  await practice.client.appointment.book((await practice.newAppointment()).input);
  const { output } = admin('practices');
  const today = new Date().toISOString().slice(0, 10);
  const line = output.split('\n').find((one) => one.startsWith(practice.practiceId));
  assert.match(line ?? '', new RegExp(`${practice.email} {2}plan basis {2}1 users {2}1 appointments`));
  assert.match(line ?? '', new RegExp(`since ${today} {2}last sign-in ${today}$`));
  assert.match(admin('log', '1').output, /practices {2}\d+ listed\n$/);
  for (const wrong of ['0', '-1', 'all']) assert.equal(admin('log', wrong).status, 1, wrong);
});

test('a session that is locked at a lost device is ended', async () => {
  const practice = await openTestPractice(server);
  await practice.client.practice.lock({});
  await assert.rejects(practice.client.practice.session({}), { code: 'LOCKED' });
  assert.equal(admin('unlock', 'nobody@praxis.example').status, 1);
  assert.equal(admin('unlock', practice.email, '--all').status, 1);
  const { status, output } = admin('unlock', practice.email);
  assert.equal(status, 0);
  assert.match(output, /session is ended.*\nFailed sign-ins .* quarter of an hour/);
  await assert.rejects(practice.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
  assert.match(admin('unlock', practice.email).output, /no session/);
});

test('a second factor that was lost is taken away, and the practice sees it', async () => {
  const practice = await openTestPractice(server);
  assert.match(admin('unlock', practice.email, '--second-factor').output, /no second factor/);
  const user_id = practice.userId;
  const { db } = server.context;
  await db
    .insertInto('totp')
    .values({ user_id, secret: Buffer.of(1), confirmed_at: new Date() })
    .execute();
  await db
    .insertInto('recovery_code')
    .values({ user_id, code_hash: Buffer.of(1) })
    .execute();
  assert.equal(admin('unlock', practice.email, '--second-factor').status, 0);
  for (const table of ['totp', 'recovery_code'] as const) {
    assert.deepEqual(await db.selectFrom(table).where('user_id', '=', user_id).selectAll().execute(), []);
  }
  const events = await db
    .selectFrom('security_event')
    .where('practice_id', '=', practice.practiceId)
    .select('kind')
    .execute();
  assert.ok(events.some(({ kind }) => kind === 'second-factor-removed'));
  assert.match(
    admin('log', '1').output,
    new RegExp(`unlock-second-factor {2}practice ${practice.practiceId}`),
  );
});

test('statistics count by month, and name nobody', async () => {
  const practice = await openTestPractice(server);
  const { practiceId: practice_id, userId: practitioner_id } = practice;
  await server.context.db
    .insertInto('consultation_count')
    .values({ practice_id, practitioner_id, month: '2020-02-01', consultations: 7 })
    .execute();
  const { output } = admin('statistics');
  assert.match(output, /^2020-02\t0\t0\t1\t7$/m);
  assert.match(output, /^practices now: \d+, /m);
  assert.ok(!output.includes(practice.email) && !output.includes(practice_id));
});

test('what fails is not written down as done', () => {
  const before = admin('log', '1').output;
  assert.equal(admin('plan', 'nobody@praxis.example', 'plus').status, 1);
  assert.equal(admin('limit', 'forty', 'users', '0').status, 1);
  assert.equal(admin('log', '1').output, before);
});

test('a command that is none explains itself', () => {
  const { status, output } = admin('delete-everything');
  assert.equal(status, 1);
  assert.match(output, /^ {2}plan E-MAIL PLAN$/m);
  for (const word of ['', 'toString', '__proto__']) assert.equal(admin(word).status, 1, word);
});

test('the relay’s configuration comes from the settings, without a running server', () => {
  const conf = (env: Record<string, string>, ...words: string[]) =>
    spawnSync(process.execPath, [join(repositoryRoot, 'scripts', 'admin.ts'), 'relay-config', ...words], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  const TURN_SECRET = 'ein-Geheimnis-von-vielen-Zeichen';
  const plain = { TURN_URLS: 'turn:turn.example.org', TURN_SECRET };
  assert.match(conf({}, '192.0.2.5').stderr, /TURN_URLS/);
  assert.match(conf(plain).stderr, /IP addresses/);
  assert.match(conf(plain, 'turn.example.org').stderr, /IP addresses/);
  assert.match(conf(plain, '192.0.2.5').stdout, /^listening-ip=192\.0\.2\.5$/m);
  const secure = { TURN_URLS: 'turn:turn.example.org,turns:turn.example.org:443', TURN_SECRET };
  assert.match(conf(secure, '192.0.2.5').stderr, /--certificate/);
  const files = ['--certificate', '/etc/turn/cert.pem', '--key', '/etc/turn/key.pem'];
  const { stdout, status } = conf(secure, '192.0.2.5', ...files);
  assert.equal(status, 0);
  assert.match(stdout, /^tls-listening-port=443\ncert=\/etc\/turn\/cert\.pem$/m);
  assert.match(stdout, new RegExp(`^static-auth-secret=${TURN_SECRET}$`, 'm'));
});

test('bin/sprechzimmer is the same, from any folder and through a link', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-bin-'));
  try {
    const link = join(folder, 'sprechzimmer');
    await symlink(join(repositoryRoot, 'bin', 'sprechzimmer'), link);
    const { status, stderr } = spawnSync(link, ['nonsense'], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /bin\/sprechzimmer COMMAND/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
