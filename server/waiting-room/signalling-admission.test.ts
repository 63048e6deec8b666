import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import {
  addInvitation,
  addPractitioner,
  newPlace,
  startTestSignalling,
  type TestSignalling,
  type TestSignallingOptions,
  type TestSocket,
} from '../testing/test-signalling.ts';
import { issueHostTicket } from './issue-host-ticket.ts';

let signalling: TestSignalling;
let nowMs = Date.parse('2026-11-26T09:00:00Z');

before(async () => {
  signalling = await startTestSignalling({ now: () => new Date(nowMs), config: { trustProxy: true } });
});
after(() => signalling.close());

/** A socket from an address of its own, so that the failures of one test are not those of another. */
function connectFrom(address: string): TestSocket {
  return signalling.connect({ headers: { 'x-forwarded-for': address } });
}

async function refusalOf(socket: TestSocket) {
  const refused = await socket.next('refused');
  assert.equal(await socket.closed(), closeCodes.refused);
  return refused;
}

function joinWith(locator: string, address: string): TestSocket {
  const socket = connectFrom(address);
  socket.say({ kind: 'join', v: 1, locator, place: newPlace() });
  return socket;
}

async function withSignalling(
  options: TestSignallingOptions,
  use: (signalling: TestSignalling) => Promise<void>,
): Promise<void> {
  const other = await startTestSignalling(options);
  try {
    await use(other);
  } finally {
    await other.close();
  }
}

test('a code of another day is answered with the day and the card, and nothing more', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner, '2026-11-27');
  const host = await signalling.host(practitioner);
  assert.deepEqual(await refusalOf(joinWith(invitation.locator, '198.51.100.1')), {
    kind: 'refused',
    code: 'not-today',
    day: '2026-11-27',
    card: invitation.card,
  });
  assert.deepEqual(await host.socket.rest(), []);
});

test('unknown and revoked codes get one and the same answer', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const revoked = await addInvitation(signalling.context, practitioner);
  await signalling.context.db.deleteFrom('invitation').where('id', '=', revoked.id).execute();
  const unknown = { kind: 'refused', code: 'code-unknown' };
  assert.deepEqual(await refusalOf(joinWith(revoked.locator, '198.51.100.2')), unknown);
  assert.deepEqual(await refusalOf(joinWith(newPlace(), '198.51.100.2')), unknown);
});

test('whoever tries codes waits after ten, from all its sockets; others do not', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const guesses = Array.from({ length: 30 }, async () => refusalOf(joinWith(newPlace(), '198.51.100.3')));
  const answers = await Promise.all(guesses);
  const waits = answers.filter(({ code }) => code === 'too-many-attempts');
  assert.equal(answers.filter(({ code }) => code === 'code-unknown').length, 10);
  assert.equal(waits.length, 20);
  assert.ok(waits.every(({ retryAfterSeconds }) => retryAfterSeconds === 3_600));

  // What a client writes into the header before the proxy does counts for nothing.
  const disguised = joinWith(newPlace(), '203.0.113.9, 198.51.100.3');
  assert.equal((await refusalOf(disguised)).code, 'too-many-attempts');
  await joinWith(invitation.locator, '198.51.100.4').next('joined');
});

test('an unknown ticket opens no room, nor does one that has expired', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const { ticket } = await issueHostTicket(signalling.context, practitioner);
  const present = (ticket: string) => {
    const socket = connectFrom('198.51.100.5');
    socket.say({ kind: 'host', v: 1, ticket });
    return socket;
  };
  await present(ticket).next('hosting');
  const invalid = { kind: 'refused', code: 'ticket-invalid' };
  assert.deepEqual(await refusalOf(present(randomBytes(32).toString('base64url'))), invalid);
  const before = nowMs;
  nowMs = Date.parse('2026-11-26T23:00:00Z');
  assert.deepEqual(await refusalOf(present(ticket)), invalid);
  nowMs = before;
});

test('only the room app gets a socket, and only at its path', async () => {
  const status = (origin: string | undefined, path = '') =>
    signalling.connect(origin === undefined ? { origin: '' } : { origin }, path).refusedUpgrade();
  assert.equal(await status('https://elsewhere.example'), 403);
  assert.equal(await status(undefined), 403);
  assert.equal(await status('null'), 403);
  assert.equal(await status('http://localhost:7301', '/../x'), 404);
  assert.equal(await status('http://localhost:7301', '?code=K7QF93MDXW2P'), 404);
});

test('one address gets a limited number of sockets, and may have new ones when it has closed some', async () => {
  await withSignalling({ limits: { maxSocketsPerAddress: 2 } }, async (limited) => {
    const first = limited.connect();
    limited.connect();
    await first.rest();
    assert.equal(await limited.connect().refusedUpgrade(), 429);
    first.raw.close();
    await first.closed();
    await limited.connect().rest();
  });
});

test('one address cannot open sockets one after the other without end', async () => {
  await withSignalling({ limits: { maxUpgradesPerAddressAndMinute: 5 } }, async (limited) => {
    for (let i = 0; i < 5; i++) {
      const socket = limited.connect();
      await socket.rest();
      socket.raw.close();
      await socket.closed();
    }
    assert.equal(await limited.connect().refusedUpgrade(), 429);
  });
});

test('a full server says so, and those who are in stay', async () => {
  await withSignalling({ limits: { maxSockets: 1 } }, async (full) => {
    const practitioner = await addPractitioner(full.context);
    const guest = await full.join(await addInvitation(full.context, practitioner));
    assert.deepEqual(await refusalOf(full.connect()), { kind: 'refused', code: 'server-full' });
    assert.deepEqual(await guest.socket.rest(), []);
  });
});

test('when the database is away a join is told to come again, and the server goes on', async () => {
  await withSignalling({}, async (other) => {
    const practitioner = await addPractitioner(other.context);
    const guest = await other.join(await addInvitation(other.context, practitioner));
    await other.context.db.schema.alterTable('invitation').renameTo('gone').execute();
    const unlucky = other.connect();
    unlucky.say({ kind: 'join', v: 1, locator: newPlace(), place: newPlace() });
    assert.equal(await unlucky.closed(), closeCodes.restarting);
    assert.deepEqual(await guest.socket.rest(), []);
  });
});

test('the log knows no locator, place, ticket, id or address', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const host = await signalling.host(practitioner);
  const guest = await signalling.join(invitation);
  await host.socket.next('arrived');
  await refusalOf(joinWith(invitation.locator, '198.51.100.6'));
  const log = signalling.logLines.join('');
  assert.match(log, /joined/);
  const { practiceId, userId } = practitioner;
  const { locator, card, id } = invitation;
  const secrets = [
    host.ticket,
    guest.place,
    locator,
    card,
    id,
    practiceId,
    userId,
    '198.51.100',
    '127.0.0.1',
  ];
  for (const secret of secrets) assert.ok(!log.includes(secret), secret);
});
