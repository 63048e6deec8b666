import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addInvitation, addInvitations, addPractitioner, newPlace } from '../testing/test-signalling.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { createInvitationSearch } from './find.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let nowMs = Date.parse('2026-11-26T10:00:00Z');
const now = () => new Date(nowMs);

before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

function setUp() {
  nowMs = Date.parse('2026-11-26T10:00:00Z');
  const context = { db: database.db, now };
  return { context, find: createInvitationSearch(context) };
}

const unknownLocator = newPlace;

test("a code opens on its day, in the practice's time zone", async () => {
  const { context, find } = setUp();
  const berlin = await addPractitioner(context, 'Europe/Berlin');
  const invitation = await addInvitation(context, berlin, '2026-11-26');
  const { id: invitationId, card, locator } = invitation;
  const today = {
    kind: 'today',
    invitationId,
    practiceId: berlin.practiceId,
    practitionerId: berlin.userId,
    card,
  };
  const notToday = { kind: 'not-today', day: '2026-11-26', card };
  const at = async (moment: string) => {
    nowMs = Date.parse(moment);
    return await find(locator, 'a');
  };
  assert.deepEqual(await at('2026-11-25T22:59:59Z'), notToday);
  assert.deepEqual(await at('2026-11-25T23:00:00Z'), today);
  assert.deepEqual(await at('2026-11-26T22:59:59Z'), today);
  assert.deepEqual(await at('2026-11-26T23:00:00Z'), notToday);
});

test('ten failed codes an hour, then a wait, also for a right code', async () => {
  const { context, find } = setUp();
  const invitation = await addInvitation(context, await addPractitioner(context));
  for (let i = 0; i < 10; i++) assert.deepEqual(await find(unknownLocator(), 'a'), { kind: 'unknown' });
  nowMs += 600_000;
  const wait = { kind: 'too-many-attempts', retryAfterSeconds: 3_000 };
  assert.deepEqual(await find(unknownLocator(), 'a'), wait);
  assert.deepEqual(await find(invitation.locator, 'a'), wait);
  assert.equal((await find(invitation.locator, 'b')).kind, 'today');
  nowMs += 3_000_000;
  assert.equal((await find(invitation.locator, 'a')).kind, 'today');
});

test('right codes and codes of another day never count as failures', async () => {
  const { context, find } = setUp();
  const practitioner = await addPractitioner(context);
  const today = await addInvitation(context, practitioner);
  const tomorrow = await addInvitation(context, practitioner, '2026-11-27');
  for (let i = 0; i < 30; i++) {
    assert.equal((await find(today.locator, 'a')).kind, 'today');
    assert.equal((await find(tomorrow.locator, 'a')).kind, 'not-today');
  }
});

test('a hundred guesses at once get ten tries, and a crowd with right codes all come in', async () => {
  const { context, find } = setUp();
  const invitations = await addInvitations(context, await addPractitioner(context), 9);
  const crowd = await Promise.all(invitations.map(({ locator }) => find(locator, 'a')));
  assert.ok(crowd.every(({ kind }) => kind === 'today'));

  const guesses = await Promise.all(Array.from({ length: 100 }, () => find(unknownLocator(), 'a')));
  assert.equal(guesses.filter(({ kind }) => kind === 'unknown').length, 10);
  assert.equal(guesses.filter(({ kind }) => kind === 'too-many-attempts').length, 90);
});

test('unknown and revoked codes get the same answer in the same time', async () => {
  const { context, find } = setUp();
  const practitioner = await addPractitioner(context);
  const times: Record<string, number[]> = { unknown: [], revoked: [] };
  for (let i = 0; i < 5; i++) {
    const revoked = await addInvitation(context, practitioner);
    await context.db.deleteFrom('invitation').where('id', '=', revoked.id).execute();
    const locators = { unknown: unknownLocator(), revoked: revoked.locator };
    for (const [what, locator] of Object.entries(locators)) {
      const startMs = performance.now();
      assert.deepEqual(await find(locator, `${what} ${i}`), { kind: 'unknown' });
      times[what]!.push(performance.now() - startMs);
    }
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[2]!;
  const [unknown, revoked] = [median(times['unknown']!), median(times['revoked']!)];
  assert.ok(unknown >= 99 && revoked >= 99, `${unknown} and ${revoked} ms`);
  assert.ok(Math.abs(unknown - revoked) < 20, `${unknown} and ${revoked} ms`);
});
