import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
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
  assert.match(admin('plans').output, /basis {2}1 users\nplus {2}any number of users/);
  assert.equal(admin('plan', practice.email, 'gold').status, 1);
  assert.equal(admin('plan', practice.email, 'plus').status, 0);
  const { practice: seen } = await practice.client.practice.session({});
  assert.deepEqual(seen.plan, { id: 'plus', maxUsers: null });
  assert.equal(seen.requestedPlan, null);
});

test('a practice without devices and sheet is reset to empty, with all it had and nothing of others', async () => {
  const [practice, other] = [await openTestPractice(server), await openTestPractice(server)];
  for (const each of [practice, other]) {
    await each.client.appointment.book((await each.newAppointment()).input);
  }
  assert.equal(admin('reset', practice.email).status, 1);
  assert.equal(admin('reset', 'nobody@praxis.example', '--delete-all').status, 1);
  await practice.client.practice.session({});
  assert.equal(admin('reset', practice.email, '--delete-all').status, 0);
  await assert.rejects(practice.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
  const left = await server.context.db.selectFrom('appointment').select('practice_id').execute();
  assert.deepEqual([...new Set(left.map((row) => row.practice_id))], [other.practiceId]);
});

test('a command that is none explains itself', () => {
  const { status, output } = admin('delete-everything');
  assert.equal(status, 1);
  assert.match(output, /npm run admin -- plan E-MAIL PLAN/);
});
