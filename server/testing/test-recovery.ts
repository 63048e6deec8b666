import { randomUUID } from 'node:crypto';
import { fromBase64url, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { generateDeviceKeys } from '@sprechzimmer/crypto/device-keys.ts';
import { newPracticeKey, openRecord, recordKey, unwrapAtDevice } from '@sprechzimmer/crypto/practice-key.ts';
import { openRecoveryKeys, sealRecoveryKeys } from '@sprechzimmer/crypto/recovery-keys.ts';
import { openUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { signEntry, verifyLog } from '@sprechzimmer/membership/log.ts';
import { type RecoveryView, userKeyProfile } from '@sprechzimmer/protocol/practice.ts';
import { newTestMember, publicKeys, testPassword, testProfile, testProof, testWrap } from './test-members.ts';
import { newTestRecovery, type TestPractice } from './test-practice.ts';
import type { TestServerAddress } from './test-server.ts';

/** A new device with the sheet in hand. */
export async function newTestRescuer(server: TestServerAddress, of: TestPractice) {
  const keys = await generateDeviceKeys();
  const device = await publicKeys(randomUUID(), keys);
  const member = newTestMember(server, { ...of, deviceId: device.id, keys });
  const { email } = of;
  const locator = toBase64url(of.recovery.locator);
  const proof = () => testProof(member.client, 'recover', { email, deviceId: device.id, keys });
  const view = async (changes: { email?: string; password?: string; locator?: string } = {}) =>
    member.client.practice.recover({
      email,
      password: testPassword,
      locator,
      device,
      ...changes,
      ...(await proof()),
    });
  return { member, keys, device, view, proof, locator };
}
export type TestRescuer = Awaited<ReturnType<typeof newTestRescuer>>;

/** What the sheet, the password and the server's answer open: practice keys and the user's own key. */
async function openSheet(view: RecoveryView, of: TestPractice) {
  const { practiceId, userId } = of;
  const { membership, head } = await verifyLog(view.log, practiceId);
  const agreeKey = fromBase64url(membership.recovery.agreeKey);
  const sheet = await openRecoveryKeys(
    fromBase64url(view.sealedKeys),
    of.recovery.secret,
    practiceId,
    agreeKey,
  );
  const practiceKeys = new Map(
    await Promise.all(
      view.wraps.map(async ({ generation, wrap }) => {
        const context = [practiceId, 'recovery', String(generation)];
        return [generation, await unwrapAtDevice(fromBase64url(wrap), sheet.agree, context)] as const;
      }),
    ),
  );
  const profile = view.profiles.find(({ kind, id }) => kind === 'user-key' && id === userId);
  if (!profile) throw new Error('no user key');
  const key = practiceKeys.get(profile.generation);
  if (!key) throw new Error('no practice key');
  const place = { practiceId, ...profile };
  const opened = await openRecord(await recordKey(key), fromBase64url(profile.sealed), place);
  const { sealedKey } = userKeyProfile.parse(opened);
  const user = await openUserKey(fromBase64url(sealedKey), testPassword, { practiceId, userId });
  return { head, membership, sheet, practiceKeys, user };
}

/** Everything of `completeRecovery` but the proof. */
export async function newTestCompletion(rescuer: TestRescuer, view: RecoveryView, of: TestPractice) {
  const { practiceId, userId } = of;
  const { head, membership, sheet, practiceKeys, user } = await openSheet(view, of);
  const { device, keys, locator } = rescuer;
  const next = await newTestRecovery();
  const { signKey, agreeKey } = await publicKeys('recovery', next.keys);
  const generation = membership.generation + 1;
  const key = newPracticeKey();
  const action = { kind: 'recover' as const, device, recovery: { signKey, agreeKey }, generation };
  const content = { practiceId, by: { userId, deviceId: device.id }, action };
  const signers = { device: keys.sign.privateKey, user, recovery: sheet.sign };
  const receivers = [
    { to: device.id, agreeKey: device.agreeKey },
    { to: 'recovery' as const, agreeKey },
  ];
  const wraps = [...practiceKeys, [generation, key] as const].flatMap(([number, key]) =>
    receivers.map((to) => testWrap(practiceId, key, number, to)),
  );
  const input = {
    email: of.email,
    password: testPassword,
    locator,
    entry: await signEntry(content, head, signers),
    wraps: await Promise.all(wraps),
    recovery: {
      locatorHash: toBase64url(await sha256(next.locator)),
      sealedKeys: toBase64url(await sealRecoveryKeys(next.keys, next.secret, practiceId)),
    },
    profiles: [
      await testProfile(
        practiceId,
        { kind: 'device', id: device.id, key, generation },
        { name: 'Neu', browser: 'Test' },
      ),
    ],
  };
  const sign = (changes: Partial<typeof content>, by: Partial<typeof signers> = {}) =>
    signEntry({ ...content, ...changes }, head, { ...signers, ...by });
  return { input, sign, action, next };
}
