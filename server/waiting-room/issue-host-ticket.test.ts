import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../testing/test-database.ts';
import { addPractitioner } from '../testing/test-signalling.ts';
import { hostTicketHash } from './host-ticket-hash.ts';
import { issueHostTicket } from './issue-host-ticket.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;

before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

async function issueAt(moment: string) {
  const context = { db: database.db, now: () => new Date(moment) };
  const practitioner = await addPractitioner(context, 'Europe/Berlin');
  return { practitioner, issued: await issueHostTicket(context, practitioner) };
}

test("a ticket is good until the practice's day is over", async () => {
  const { issued } = await issueAt('2026-11-26T07:00:00Z');
  assert.equal(issued.expiresAt, '2026-11-26T23:00:00.000Z');
});

test('shortly before midnight a ticket is good for an hour', async () => {
  const { issued } = await issueAt('2026-11-26T22:50:00Z');
  assert.equal(issued.expiresAt, '2026-11-26T23:50:00.000Z');
});

test('the database knows the hash of a ticket only, and whose it is', async () => {
  const { practitioner, issued } = await issueAt('2026-11-26T07:00:00Z');
  assert.match(issued.ticket, /^[A-Za-z0-9_-]{43}$/);
  const row = await database.db
    .selectFrom('host_ticket')
    .selectAll()
    .where('user_id', '=', practitioner.userId)
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, {
    ticket_hash: hostTicketHash(issued.ticket),
    practice_id: practitioner.practiceId,
    user_id: practitioner.userId,
    expires_at: new Date(issued.expiresAt),
  });
  assert.notEqual(row.ticket_hash.toString('base64url'), issued.ticket);
});

test('an assistant gets none', async () => {
  const context = { db: database.db, now: () => new Date() };
  const practitioner = await addPractitioner(context);
  await assert.rejects(issueHostTicket(context, { ...practitioner, role: 'assistant' }), {
    code: 'FORBIDDEN',
  });
  const tickets = database.db.selectFrom('host_ticket').where('user_id', '=', practitioner.userId);
  assert.deepEqual(await tickets.selectAll().execute(), []);
});
