import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equalBytes, fromBase64url, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import { unwrapAtDevice } from '@sprechzimmer/crypto/practice-key.ts';
import { openRecoveryKeys } from '@sprechzimmer/crypto/recovery-keys.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import { registration as registrationSchema, signInProof } from '@sprechzimmer/protocol/practice.ts';
import { openPractice, practiceForm } from '../testing/open-practice.ts';
import { chooseGroups, groupsMatch, registrationProblems } from './registration.ts';
import { KeyMismatchError } from './key-mismatch.ts';
import { openSession } from './session.ts';

const practice = await openPractice();

test('a registration fits the contract, is signed by the device and shows the server no name', async () => {
  const { registration } = practice;
  assert.ok(registrationSchema.safeParse(registration).success);
  const proof = signInProof('register', practiceForm.email, registration.device.id, registration.challenge);
  const signKey = fromBase64url(registration.device.signKey);
  assert.equal(await verifyText(signKey, proof, fromBase64url(registration.signature)), true);
  const wire = JSON.stringify(registration);
  for (const name of ['Praxis', 'Muster', '1234567', 'Sprechzimmer 1', practice.keys.recoveryCode]) {
    assert.equal(wire.includes(name), false, name);
  }
});

test('the recovery sheet opens the practice key, and its locator is what the server finds it by', async () => {
  const { keys, registration } = practice;
  const secrets = await deriveSecrets(keys.recoveryCode, 'recovery', 'http://localhost:7300');
  assert.equal(registration.recovery.locatorHash, toBase64url(await sha256(secrets.locator)));
  const sealed = fromBase64url(registration.recovery.sealedKeys);
  const agreeKey = fromBase64url(practice.session.membership.recovery.agreeKey);
  const { agree } = await openRecoveryKeys(sealed, secrets.cardKey, keys.practiceId, agreeKey);
  const wrap = registration.wraps.find(({ to }) => to === 'recovery')?.wrap ?? '';
  const opened = await unwrapAtDevice(fromBase64url(wrap), agree, [keys.practiceId, 'recovery', '1']);
  assert.ok(equalBytes(opened, keys.practiceKey));
});

test('after sign-in the device opens the practice key and every profile', () => {
  const { session } = practice;
  assert.equal(session.practice.name, 'Praxis Dr. Muster');
  assert.equal(session.practice.telephone, '030 1234567');
  assert.equal(session.user.name, 'Dr. Erika Muster');
  assert.equal(session.deviceName, 'Sprechzimmer 1');
  assert.equal(session.generation, 1);
});

test('a server that hands out what belongs to another practice or device is told apart', async () => {
  const other = await openPractice();
  const { view, device } = practice;
  const swapped = [
    { ...view, wraps: other.view.wraps },
    { ...view, wraps: [] },
    { ...view, wraps: other.view.wraps.map((wrap) => ({ ...wrap, to: view.deviceId })) },
    { ...view, profiles: other.view.profiles },
    { ...view, profiles: [] },
    { ...view, practice: other.view.practice },
    other.view,
  ];
  for (const each of swapped) await assert.rejects(openSession(each, device), KeyMismatchError);
});

test('the form names every field that is not right', () => {
  assert.deepEqual(registrationProblems(practiceForm), {});
  const empty = {
    practiceName: ' ',
    telephone: '',
    userName: '',
    email: 'x',
    password: '123456789',
    deviceName: '',
  };
  assert.deepEqual(registrationProblems(empty), {
    practiceName: 'practice-name-missing',
    telephone: 'telephone-missing',
    userName: 'user-name-missing',
    email: 'email-wrong',
    password: 'password-too-short',
    deviceName: 'device-name-missing',
  });
});

test('two different groups of the sheet are asked for, in the order of the sheet', () => {
  const steps = [0, 0.2, 0.4, 0.6, 0.8, 0.999];
  for (const first of steps) {
    for (const second of steps) {
      const numbers = [first, second];
      const [a, b] = chooseGroups(() => numbers.shift() ?? 0);
      assert.ok(1 <= a && a < b && b <= 6, `${a} ${b}`);
    }
  }
});

test('re-typed groups may be small, spaced or with O for 0, but not wrong, short or swapped', () => {
  const code = practice.keys.recoveryCode;
  const group = (number: number) => code.slice((number - 1) * 4, number * 4);
  assert.deepEqual(groupsMatch(code, [3, 5], [group(3), group(5)]), [true, true]);
  const sloppy = group(3).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
  const hyphened = `${group(5).slice(0, 2)}-${group(5).slice(2)}`;
  assert.deepEqual(groupsMatch(code, [3, 5], [` ${sloppy} `, hyphened]), [true, true]);
  assert.deepEqual(groupsMatch(code, [3, 5], [group(3), group(5).slice(1)]), [true, false]);
  assert.deepEqual(groupsMatch(code, [3, 5], ['', '']), [false, false]);
  const wrong = group(3).startsWith('A') ? `B${group(3).slice(1)}` : `A${group(3).slice(1)}`;
  assert.deepEqual(groupsMatch(code, [3, 5], [wrong, group(5)]), [false, true]);
});
