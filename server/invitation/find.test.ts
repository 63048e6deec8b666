import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  addHostCode,
  addInvitation,
  addInvitations,
  addPractitioner,
  newPlace,
} from '../testing/test-signalling.ts';
import { readConfig } from '../http/config.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { createCodeSearch } from './find.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let nowMs = Date.parse('2026-11-26T10:00:00Z');
const now = () => new Date(nowMs);

before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

function setUp(codeHours = { from: '00:00', until: '24:00' }) {
  nowMs = Date.parse('2026-11-26T10:00:00Z');
  const context = { db: database.db, now, bus: undefined, config: { ...readConfig({}, '/'), codeHours } };
  const search = createCodeSearch(context);
  return { context, find: search.invitation, findHostCode: search.hostCode };
}

/** The kinds of answer at these moments. */
async function kindsAt(moments: string[], find: () => Promise<{ kind: string }>): Promise<string[]> {
  const kinds: string[] = [];
  for (const moment of moments) {
    nowMs = Date.parse(moment);
    kinds.push((await find()).kind);
  }
  return kinds;
}

const unknownLocator = newPlace;

test("a code opens on its day, in the practice's time zone", async () => {
  const { context, find } = setUp();
  const berlin = await addPractitioner(context, 'Europe/Berlin');
  const invitation = await addInvitation(context, berlin, '2026-11-26');
  const { id: invitationId, appointmentId, card, locator } = invitation;
  const today = {
    kind: 'today',
    invitationId,
    appointmentId,
    practiceId: berlin.practiceId,
    practitionerId: berlin.userId,
    card,
    hostCodeIds: [],
  };
  const notToday = (isOver: boolean) => ({
    kind: 'not-today',
    day: '2026-11-26',
    isOver,
    card,
    invitationId,
  });
  const at = async (moment: string) => {
    nowMs = Date.parse(moment);
    return await find(locator, 'a');
  };
  assert.deepEqual(await at('2026-11-25T22:59:59Z'), notToday(false));
  assert.deepEqual(await at('2026-11-25T23:00:00Z'), today);
  assert.deepEqual(await at('2026-11-26T22:59:59Z'), today);
  assert.deepEqual(await at('2026-11-26T23:00:00Z'), notToday(true));
});

test('the day has 23 hours when the clocks go forward and 25 when they go back, and other zones have their own', async () => {
  const days = [
    // Europe/Berlin, both clock changes
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-26', '2026-11-25T10:00:00Z', '2026-11-26T10:00:00Z'],
    ['America/Los_Angeles', '2026-11-26', '2026-11-26T08:00:00Z', '2026-11-27T08:00:00Z'],
    // Midnight itself is repeated in Havana, and left out in Beirut.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00Z', '2026-03-29T21:00:00Z'],
  ] as const;
  for (const [zone, day, first, end] of days) {
    const { context, find, findHostCode } = setUp();
    const invitation = await addInvitation(context, await addPractitioner(context, zone), day);
    const hostCode = await addHostCode(context, invitation);
    const moments = [first, end].flatMap((edge) => [
      new Date(Date.parse(edge) - 1).toISOString(),
      new Date(Date.parse(edge)).toISOString(),
    ]);
    const expected = ['not-today', 'today', 'today', 'not-today'];
    assert.deepEqual(await kindsAt(moments, () => find(invitation.locator, 'a')), expected, zone);
    assert.deepEqual(await kindsAt(moments, () => findHostCode(hostCode.locator, 'a')), expected, zone);
  }
});

test('within the day a code keeps the operator’s hours, on the practice’s clock', async () => {
  const codeHours = { from: '06:00', until: '22:00' };
  const { context, find, findHostCode } = setUp(codeHours);
  const practitioner = await addPractitioner(context);
  const invitation = await addInvitation(context, practitioner, '2026-10-25');
  const hostCode = await addHostCode(context, invitation);
  const moments = [
    '2026-10-24T22:00:00Z', // midnight: the right day, too early
    '2026-10-25T04:59:59Z',
    '2026-10-25T05:00:00Z', // six o'clock, after the clocks went back
    '2026-10-25T20:59:59Z',
    '2026-10-25T21:00:00Z',
    '2026-10-25T23:00:00Z',
  ];
  const expected = ['closed-now', 'closed-now', 'today', 'today', 'closed-now', 'not-today'];
  assert.deepEqual(await kindsAt(moments, () => find(invitation.locator, 'a')), expected);
  assert.deepEqual(await kindsAt(moments, () => findHostCode(hostCode.locator, 'a')), expected);
  nowMs = Date.parse('2026-10-25T04:00:00Z');
  const { card, id: invitationId } = invitation;
  const closed = { kind: 'closed-now', day: '2026-10-25', card, hours: codeHours, invitationId };
  assert.deepEqual(await find(invitation.locator, 'a'), closed);
});

test('the first showing of a code is kept, also on another day, and no later one', async () => {
  const { context, find } = setUp();
  const practitioner = await addPractitioner(context);
  const invitation = await addInvitation(context, practitioner, '2026-11-27');
  const row = () =>
    context.db
      .selectFrom('invitation')
      .select(['opened_at', 'arrived_at', 'attended_at'])
      .where('id', '=', invitation.id)
      .executeTakeFirst();
  assert.deepEqual(await row(), { opened_at: null, arrived_at: null, attended_at: null });
  const first = now();
  await find(invitation.locator, 'a');
  nowMs = Date.parse('2026-11-27T10:00:00Z');
  await find(invitation.locator, 'a');
  assert.deepEqual(await row(), { opened_at: first, arrived_at: null, attended_at: null });
});

test('a host code opens its appointment, and neither kind of code opens the other’s door', async () => {
  const { context, find, findHostCode } = setUp();
  const practitioner = await addPractitioner(context);
  const invitation = await addInvitation(context, practitioner);
  const hostCode = await addHostCode(context, invitation);
  assert.deepEqual(await findHostCode(hostCode.locator, 'a'), {
    kind: 'today',
    hostCodeId: hostCode.id,
    appointmentId: invitation.appointmentId,
    practiceId: practitioner.practiceId,
    practitionerId: practitioner.userId,
    card: hostCode.card,
  });
  const found = await find(invitation.locator, 'a');
  assert.deepEqual(found.kind === 'today' && found.hostCodeIds, [hostCode.id]);
  assert.deepEqual(await find(hostCode.locator, 'a'), { kind: 'unknown' });
  assert.deepEqual(await findHostCode(invitation.locator, 'a'), { kind: 'unknown' });
});

test('failed codes of both kinds are counted together', async () => {
  const { context, find, findHostCode } = setUp();
  const invitation = await addInvitation(context, await addPractitioner(context));
  const hostCode = await addHostCode(context, invitation);
  for (let i = 0; i < 5; i++) {
    assert.deepEqual(await find(unknownLocator(), 'a'), { kind: 'unknown' });
    assert.deepEqual(await findHostCode(unknownLocator(), 'a'), { kind: 'unknown' });
  }
  assert.equal((await findHostCode(hostCode.locator, 'a')).kind, 'too-many-attempts');
  assert.equal((await find(invitation.locator, 'a')).kind, 'too-many-attempts');
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
