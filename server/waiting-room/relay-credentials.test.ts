import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { IceServer } from '@sprechzimmer/protocol/signalling.ts';
import {
  addHostCode,
  addInvitation,
  addPractitioner,
  newPlace,
  startTestSignalling,
  type TestSignalling,
  type TestSocket,
} from '../testing/test-signalling.ts';

const relay = {
  urls: ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org:443?transport=tcp'],
  secret: 'a secret for tests',
  credentialMinutes: 10,
};
const minuteMs = 60_000;
let signalling: TestSignalling;
let nowMs = Date.parse('2026-11-26T09:00:00Z');

before(async () => {
  signalling = await startTestSignalling({
    now: () => new Date(nowMs),
    config: { trustProxy: true, stunUrls: ['stun:stun.example.org:3478'], relay },
    limits: { maxTestsPerAddressAndMinute: 3 },
  });
});
after(() => signalling.close());

/** The relay's entry, whose password must be the one that coturn would compute from the same secret. */
function credentialsIn(iceServers: IceServer[]): { username: string; secondsLeft: number } {
  const [stun, turn, ...more] = iceServers;
  assert.deepEqual(stun, { urls: ['stun:stun.example.org:3478'] });
  assert.deepEqual(more, []);
  assert.deepEqual(turn?.urls, relay.urls);
  const { username = '', credential } = turn;
  assert.match(username, /^\d+:[\w-]{12}$/);
  assert.equal(credential, createHmac('sha1', relay.secret).update(username).digest('base64'));
  return { username, secondsLeft: Number.parseInt(username, 10) - nowMs / 1000 };
}

/** What the relay counts by. */
function nameIn(iceServers: IceServer[]): string {
  return credentialsIn(iceServers).username.replace(/^\d+:/, '');
}

function testFrom(address: string, locator: string): TestSocket {
  const socket = signalling.connect({ headers: { 'x-forwarded-for': address } });
  socket.say({ kind: 'test', v: 1, locator });
  return socket;
}

test('whoever waits and whoever hosts gets credentials of ten minutes, each their own', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const first = await signalling.join(await addInvitation(signalling.context, practitioner));
  const invitation = await addInvitation(signalling.context, practitioner);
  const second = await signalling.join(invitation);
  const host = await signalling.host(practitioner);
  const byCode = await signalling.hostByCode(await addHostCode(signalling.context, invitation));
  const given = [first.joined, second.joined, host.hosting, byCode.hosting].map(({ iceServers }) =>
    credentialsIn(iceServers),
  );
  for (const { secondsLeft } of given) assert.equal(secondsLeft, 600);
  assert.equal(new Set(given.map(({ username }) => username)).size, 4);
});

test('whoever comes again and again with one code has one name at the relay, which says nothing', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const { place, joined } = await signalling.join(invitation);
  const names = [nameIn(joined.iceServers)];
  for (let time = 0; time < 5; time += 1) {
    nowMs += 1_000;
    names.push(nameIn((await signalling.join(invitation, place)).joined.iceServers));
  }
  // The last character of a locator has bits that say nothing: sixteen ways to write the same one.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const { locator } = invitation;
  const written = locator.slice(0, -1) + alphabet[alphabet.indexOf(locator.slice(-1)) ^ 1];
  for (const one of [locator, written])
    names.push(nameIn((await testFrom('198.51.100.80', one).next('test-servers')).iceServers));
  assert.equal(new Set(names).size, 1);
  assert.ok(!invitation.id.includes(names[0]!) && !locator.includes(names[0]!));

  const hosts = [await signalling.host(practitioner), await signalling.host(practitioner)];
  assert.equal(new Set(hosts.map(({ hosting }) => nameIn(hosting.iceServers))).size, 1);
  const other = await signalling.join(await addInvitation(signalling.context, practitioner));
  assert.notEqual(nameIn(other.joined.iceServers), names[0]);
});

test('nobody gets credentials before they are let in, and a refusal carries none', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const tomorrow = await addInvitation(signalling.context, practitioner, '2026-11-27');
  const taken = await addInvitation(signalling.context, practitioner);
  await signalling.join(taken);
  const silent = signalling.connect();
  assert.deepEqual(await silent.rest(), []);
  for (const locator of [randomBytes(16).toString('base64url'), tomorrow.locator, taken.locator]) {
    const socket = signalling.connect();
    socket.say({ kind: 'join', v: 1, locator, place: newPlace() });
    assert.ok(!('iceServers' in (await socket.next('refused'))));
    assert.equal(await socket.closed(), closeCodes.refused);
  }
  const noTicket = signalling.connect();
  noTicket.say({ kind: 'host', v: 1, ticket: randomBytes(32).toString('base64url') });
  assert.ok(!('iceServers' in (await noTicket.next('refused'))));
});

test('credentials are renewed on the same socket before they expire, for guest and host', async () => {
  const credentialMinutes = 0.1;
  const short = await startTestSignalling({
    config: { relay: { ...relay, credentialMinutes } },
    limits: { heartbeatMs: 200 },
  });
  try {
    const practitioner = await addPractitioner(short.context);
    const invitation = await addInvitation(short.context, practitioner);
    const [guest, host] = [await short.join(invitation), await short.host(practitioner)];
    await guest.socket.next('host-present');
    for (const [socket, { iceServers }] of [
      [guest.socket, guest.joined],
      [host.socket, host.hosting],
    ] as const) {
      const renewed = await socket.next('ice-servers');
      const [before = '', after = ''] = [iceServers, renewed.iceServers].map(([turn]) => turn?.username);
      assert.notEqual(before, after);
      assert.ok(Date.now() < Number.parseInt(before, 10) * 1000, 'the first ones are still good');
      assert.ok(Number.parseInt(after, 10) > Number.parseInt(before, 10));
    }
  } finally {
    await short.close();
  }
});

const ends: [
  what: string,
  end: (short: TestSignalling, invitationId: string) => unknown,
  isRenewed: boolean,
][] = [
  [
    'was revoked',
    ({ context }, id) => context.db.deleteFrom('invitation').where('id', '=', id).execute(),
    false,
  ],
  [
    'was moved',
    ({ context }, id) =>
      context.db.updateTable('invitation').set({ day: '2026-12-01' }).where('id', '=', id).execute(),
    false,
  ],
  [
    'ended an hour ago with its day',
    () => (nowMs = Date.parse('2026-11-27T00:00:00+01:00') + 60 * minuteMs),
    true,
  ],
  ['ended with yesterday', () => (nowMs = Date.parse('2026-11-27T08:00:00+01:00')), false],
];
for (const [what, end, isRenewed] of ends) {
  test(`whoever waits with an invitation that ${what} gets ${isRenewed ? '' : 'no '}newer credentials`, async () => {
    const before = nowMs;
    const short = await startTestSignalling({
      now: () => new Date(nowMs),
      config: { relay: { ...relay, credentialMinutes: 0.02 } },
      limits: { heartbeatMs: 200 },
    });
    try {
      const practitioner = await addPractitioner(short.context);
      const host = await short.host(practitioner);
      const invitation = await addInvitation(short.context, practitioner);
      const guest = await short.join(invitation);
      await host.socket.next('arrived');
      await end(short, invitation.id);
      for (let renewals = 0; renewals < 3; renewals += 1) await host.socket.next('ice-servers');
      assert.equal((await guest.socket.rest()).length > 0, isRenewed);
    } finally {
      nowMs = before;
      await short.close();
    }
  });
}

test('a test of the line gets two minutes, on the day or before it, and the socket closes', async () => {
  const practitioner = await addPractitioner(signalling.context);
  for (const day of [undefined, '2026-11-27', '2027-06-01']) {
    const { locator } = await addInvitation(signalling.context, practitioner, day);
    const socket = testFrom(`198.51.100.${day ? day.slice(-2) : 9}`, locator);
    const { iceServers } = await socket.next('test-servers');
    assert.equal(credentialsIn(iceServers).secondsLeft, 120);
    assert.equal(await socket.closed(), closeCodes.done);
  }
});

test('a test takes no seat: the host sees nobody, and the patient still gets in', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const host = await signalling.host(practitioner);
  await testFrom('198.51.100.40', invitation.locator).next('test-servers');
  assert.deepEqual(await host.socket.rest(), []);
  await signalling.join(invitation);
  await host.socket.next('arrived');
});

test('after its day an invitation is good for no test', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const { locator } = await addInvitation(signalling.context, practitioner, '2026-11-25');
  const socket = testFrom('198.51.100.50', locator);
  assert.equal((await socket.next('refused')).code, 'not-today');
  assert.equal(await socket.closed(), closeCodes.refused);
});

test('unknown codes are refused and counted as in joining: ten of both an hour, each after the same time', async () => {
  const address = '198.51.100.60';
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (attempt % 3 === 0) nowMs += minuteMs;
    const beganMs = performance.now();
    const socket = testFrom(address, randomBytes(16).toString('base64url'));
    assert.deepEqual(await socket.next('refused'), { kind: 'refused', code: 'code-unknown' });
    assert.ok(performance.now() - beganMs >= 95);
  }
  nowMs += minuteMs;
  const join = signalling.connect({ headers: { 'x-forwarded-for': address } });
  join.say({ kind: 'join', v: 1, locator: randomBytes(16).toString('base64url'), place: newPlace() });
  assert.equal((await join.next('refused')).code, 'too-many-attempts');
});

test('tests are limited by address, also those with a right code', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const { locator } = await addInvitation(signalling.context, practitioner);
  const address = '198.51.100.70';
  for (let attempt = 0; attempt < 3; attempt += 1) await testFrom(address, locator).next('test-servers');
  const refused = await testFrom(address, locator).next('refused');
  assert.deepEqual(refused, { kind: 'refused', code: 'too-many-attempts', retryAfterSeconds: 60 });
  await testFrom('198.51.100.71', locator).next('test-servers');
  nowMs += minuteMs;
  await testFrom(address, locator).next('test-servers');
});

test('without a relay nobody gets credentials', async () => {
  const bare = await startTestSignalling();
  try {
    const practitioner = await addPractitioner(bare.context);
    const { joined } = await bare.join(await addInvitation(bare.context, practitioner));
    assert.deepEqual(joined.iceServers, []);
  } finally {
    await bare.close();
  }
});
