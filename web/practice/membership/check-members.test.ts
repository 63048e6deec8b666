import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MembershipError } from '@sprechzimmer/membership/membership-error.ts';
import { deviceId, userId } from '@sprechzimmer/protocol/ids.ts';
import type { SessionView } from '@sprechzimmer/protocol/practice.ts';
import { openSession } from '../practice/session.ts';
import { openPractice } from '../testing/open-practice.ts';

const { view, device, session } = await openPractice();

async function refusal(changes: Partial<SessionView>, pin = device.pin): Promise<string> {
  const error: unknown = await openSession({ ...view, ...changes }, device, pin).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof MembershipError, String(error));
  return error.code;
}

test('a device, a user, a role or a right that the log does not know is refused', async () => {
  const [user] = view.users;
  assert.ok(user);
  const devices = [
    ...view.devices,
    { id: deviceId.parse(crypto.randomUUID()), lastSeenAt: null, suspendedUntil: null },
  ];
  assert.equal(await refusal({ devices }), 'unknown-member');
  const stranger = { ...user, id: userId.parse(crypto.randomUUID()), isMain: false };
  assert.equal(await refusal({ users: [user, stranger] }), 'unknown-member');
  assert.equal(await refusal({ users: [{ ...user, role: 'assistant' }] }), 'unknown-member');
  assert.equal(await refusal({ users: [{ ...user, state: 'deactivated' }] }), 'unknown-member');
  assert.equal(await refusal({ user: { ...view.user, isMain: false } }), 'unknown-member');
});

test('a key of a generation that nobody made is refused', async () => {
  const [wrap] = view.wraps;
  assert.ok(wrap);
  assert.equal(await refusal({ wraps: [wrap, { ...wrap, generation: 2 }] }), 'unknown-member');
});

test('a log without what was pinned, or with another entry in its place, is refused', async () => {
  const { head } = session.log;
  assert.equal(await refusal({}, { ...head, seq: 1 }), 'shorter');
  assert.equal(await refusal({}, { seq: 0, hash: 'A'.repeat(43) }), 'forked');
});

test('a session is believed when the log has what was pinned', async () => {
  const opened = await openSession(view, device, session.log.head);
  assert.deepEqual(opened.device.pin, session.log.head);
});

test('a device fresh from its approval knows its practice by the pin, and by nothing else', async () => {
  const fresh = { ...device, practiceId: '' };
  const opened = await openSession(view, fresh, session.log.head);
  assert.equal(opened.device.practiceId, device.practiceId);
  const other = await openPractice();
  const foreign = { ...other.view, deviceId: view.deviceId };
  await assert.rejects(openSession(foreign, fresh, session.log.head), { code: 'forked' });
  await assert.rejects(openSession(view, fresh), { code: 'key-mismatch' });
});
