import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { verifyLog } from '@sprechzimmer/membership/log.ts';
import type { Registration } from '@sprechzimmer/protocol/practice.ts';
import { createTestClient, type TestBrowser } from '../testing/test-client.ts';
import {
  completeRegistration,
  newApplicant,
  openTestPractice,
  type TestApplicant,
} from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.close());

function newBrowser(applicant?: TestApplicant): TestBrowser {
  const device = applicant && { id: applicant.draft.device.id, signKey: applicant.keys.sign.privateKey };
  return { origin: server.practiceOrigin, device, cookie: '' };
}

/** Registers with the given changes, signed by the applicant's device. */
async function attempt(applicant: TestApplicant, changes: Partial<Registration> = {}) {
  const client = createTestClient(newBrowser(applicant));
  const draft = { ...applicant.draft, ...changes };
  const input = await completeRegistration(client, { draft, keys: applicant.keys });
  return client.practice.register({ ...input, ...changes });
}

async function practices(): Promise<number> {
  return (await server.context.db.selectFrom('practice').select('id').execute()).length;
}

test('whoever registers is signed in and gets back what the practice app needs', async () => {
  const practice = await openTestPractice(server);
  assert.match(practice.browser.cookie, /^__Host-sprechzimmer-\d+=[A-Za-z0-9_-]{43}$/);
  const session = await practice.client.practice.session({});
  assert.deepEqual(session.practice, {
    id: practice.practiceId,
    timeZone: 'Europe/Berlin',
    plan: {
      id: 'basis',
      maxUsers: 1,
      maxParticipants: 1,
      maxConsultationsPerMonth: null,
      serverMail: false,
      sms: false,
    },
    mailTime: '07:00',
    channels: [],
    codeHours: { from: '00:00', until: '24:00' },
    requestedPlan: null,
    secondFactorRequired: false,
    hasRelay: false,
    deletionDueAt: null,
  });
  const user = { id: practice.userId, email: practice.email, isMain: true, role: 'practitioner' };
  assert.deepEqual(session.user, user);
  assert.deepEqual(session.users, [{ ...user, state: 'active', hasSecondFactor: false }]);
  assert.deepEqual(
    session.devices.map(({ id }) => id),
    [practice.deviceId],
  );
  const { membership } = await verifyLog(session.log, practice.practiceId);
  assert.equal(membership.mainUserId, practice.userId);
  assert.equal(session.staleRecords, 0);
  assert.equal(session.deviceId, practice.deviceId);
  assert.equal(session.roomOrigin, server.roomOrigin);
  assert.deepEqual(
    session.wraps.map((wrap) => wrap.generation),
    [1],
  );
  assert.deepEqual(
    session.profiles.map((profile) => profile.kind),
    ['device', 'practice', 'user', 'user-key'],
  );
});

test('the password is kept as Argon2id only and the session token as a hash only', async () => {
  const practice = await openTestPractice(server);
  const { db } = server.context;
  const user = await db
    .selectFrom('practice_user')
    .selectAll()
    .where('id', '=', practice.userId)
    .executeTakeFirstOrThrow();
  assert.match(user.password_hash ?? '', /^\$argon2id\$v=19\$m=65536,t=8,p=1\$/);
  const session = await db
    .selectFrom('session')
    .selectAll()
    .where('user_id', '=', practice.userId)
    .executeTakeFirstOrThrow();
  const token = Buffer.from(practice.browser.cookie.split('=')[1] ?? '', 'base64url');
  assert.equal(token.length, 32);
  assert.equal(session.token_hash.length, 32);
  assert.ok(!session.token_hash.equals(token));
});

test('a short password, a leaked one and the e-mail address itself are refused by name', async () => {
  const applicant = await newApplicant();
  const before = await practices();
  await assert.rejects(attempt(applicant, { password: 'neun char' }), { code: 'PASSWORD_TOO_SHORT' });
  await assert.rejects(attempt(applicant, { password: 'QwertyUIOP123' }), { code: 'PASSWORD_BREACHED' });
  const email = 'inhaberin@praxis.example';
  await assert.rejects(attempt(applicant, { email, password: email.toUpperCase() }), {
    code: 'PASSWORD_BREACHED',
  });
  assert.equal(await practices(), before);
});

test('a time zone that is none, and profiles, keys or an entry of something else, are bad input', async () => {
  const [applicant, other] = await Promise.all([newApplicant(), newApplicant()]);
  const { wraps, entry } = applicant.draft;
  const [wrap] = wraps;
  assert.ok(wrap);
  const [first, ...others] = applicant.draft.profiles;
  assert.ok(first);
  const wrong: Partial<Registration>[] = [
    { timeZone: 'Europe/Atlantis' },
    { timeZone: '+0100' },
    { profiles: [first, first, first, first] },
    { profiles: [{ ...first, id: randomUUID() }, ...others] },
    { profiles: [{ ...first, version: 2 }, ...others] },
    { device: { ...applicant.draft.device, agreeKey: randomBytes(91).toString('base64url') } },
    { device: { ...applicant.draft.device, agreeKey: other.draft.device.agreeKey } },
    { wraps: [wrap, wrap] },
    { wraps: wraps.map((one) => ({ ...one, generation: 2 })) },
    { entry: other.draft.entry },
    { entry: { ...entry, userSignature: entry.deviceSignature } },
    { entry: { ...entry, body: entry.body.replace('{', '{ ') } },
    { userId: other.draft.userId, profiles: other.draft.profiles },
  ];
  for (const changes of wrong) await assert.rejects(attempt(applicant, changes), { code: 'BAD_INPUT' });
  await attempt(applicant);
});

test('without the device’s signature over a fresh challenge nobody registers', async () => {
  const applicant = await newApplicant();
  const signature = randomBytes(64).toString('base64url');
  await assert.rejects(attempt(applicant, { signature }), { code: 'SIGN_IN_REFUSED' });
  const challenge = randomBytes(16).toString('base64url');
  await assert.rejects(attempt(applicant, { challenge }), { code: 'SIGN_IN_REFUSED' });
  const client = createTestClient(newBrowser(applicant));
  const input = await completeRegistration(client, applicant);
  await server.context.db
    .updateTable('sign_in_challenge')
    .set({ expires_at: new Date(0) })
    .execute();
  await assert.rejects(client.practice.register(input), { code: 'SIGN_IN_REFUSED' });
});

test('a registration whose answer was lost may be sent again, even twice at once', async () => {
  const applicant = await newApplicant();
  const browser = newBrowser(applicant);
  const client = createTestClient(browser);
  const input = await completeRegistration(client, applicant);
  const before = await practices();
  await Promise.all([client.practice.register(input), client.practice.register(input)]);
  await client.practice.register(input);
  await attempt(applicant);
  assert.equal(await practices(), before + 1);
  await client.practice.register(input);
  assert.equal((await client.practice.session({})).practice.id, applicant.draft.practiceId);
});

test('after a while the same registration needs a fresh challenge', async () => {
  const applicant = await newApplicant();
  const client = createTestClient(newBrowser(applicant));
  const input = await completeRegistration(client, applicant);
  await client.practice.register(input);
  const longAgo = new Date(Date.now() - 3_600_000);
  await server.context.db.updateTable('practice_user').set({ created_at: longAgo }).execute();
  await assert.rejects(client.practice.register(input), { code: 'SIGN_IN_REFUSED' });
  await attempt(applicant);
});

test('ids in use are refused with another password, key or practice key', async () => {
  const applicant = await newApplicant();
  await attempt(applicant);
  const other = await newApplicant();
  const changes: Partial<Registration>[] = [
    { password: 'ein anderes Passwort' },
    {
      wraps: applicant.draft.wraps.map((one, index) => ({
        ...one,
        wrap: other.draft.wraps[index]?.wrap ?? '',
      })),
    },
    { recovery: other.draft.recovery },
    { email: other.draft.email },
  ];
  for (const change of changes)
    await assert.rejects(attempt(applicant, change), { code: 'ALREADY_REGISTERED' });
  const takeover = { ...other, draft: { ...applicant.draft, device: other.draft.device } };
  await assert.rejects(attempt(takeover), { code: 'BAD_INPUT' });
});

test('an e-mail address belongs to one account, whatever its case, also when two come at once', async () => {
  const [one, two] = [await newApplicant(), await newApplicant()];
  const email = 'Doppelt@Praxis.Example';
  const outcomes = await Promise.allSettled([
    attempt(one, { email }),
    attempt(two, { email: email.toLowerCase() }),
  ]);
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  assert.deepEqual(
    refused.map((error) => error.code),
    ['EMAIL_TAKEN'],
  );
});

test('one address registers no more than its share', async () => {
  const limited = await startTestServer({ ceilings: { registrationsPerAddressAndHour: 1 } });
  try {
    await openTestPractice(limited);
    await assert.rejects(
      openTestPractice(limited),
      (error: { code: string; data: { retryAfterSeconds: number } }) => {
        assert.equal(error.code, 'TOO_MANY_ATTEMPTS');
        assert.ok(error.data.retryAfterSeconds > 3_500);
        return true;
      },
    );
  } finally {
    await limited.close();
  }
});
