import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomBytes } from '@sprechzimmer/crypto/bytes.ts';
import { generateDeviceKeys } from '@sprechzimmer/crypto/device-keys.ts';
import { deviceId } from '@sprechzimmer/protocol/ids.ts';
import { ApiError } from '../api.ts';
import { linkAsApprover, linkAsNewDevice } from './approval-handshake.ts';
import { ApprovalError, createMailbox } from './approval-mailbox.ts';
import { publicDeviceKeys } from './public-keys.ts';

type State = 'matched' | 'declined' | 'expired';

/** The server's part: two boxes. `alter` is what a server that cheats would do to a frame. */
function boxes(alter: (frame: string) => string = (frame) => frame) {
  const toDevice: string[] = [];
  const toApprover: string[] = [];
  let state: State = 'matched';
  const end = (own: string[], other: string[]) => {
    const ask = (after: number, send?: string) => {
      if (send !== undefined) other.push(alter(send));
      return Promise.resolve({ state, frames: own.slice(after) });
    };
    return createMailbox({ ask, pollMs: 1, signal: AbortSignal.timeout(1_000) });
  };
  return {
    device: end(toDevice, toApprover),
    approver: end(toApprover, toDevice),
    close: (next: State) => (state = next),
  };
}

const head = { seq: 1, hash: 'A'.repeat(43) };

test('both ends that know the code hear each other', async () => {
  const psk = randomBytes(32);
  const { device, approver } = boxes();
  const keys = await publicDeviceKeys(crypto.randomUUID(), await generateDeviceKeys());
  const [atApprover, atDevice] = await Promise.all([
    linkAsApprover(approver, psk),
    linkAsNewDevice(device, psk),
  ]);
  await atDevice.say({ kind: 'introduce', device: keys, name: 'Empfang', browser: 'Firefox' });
  const introduced = await atApprover.hear('introduce');
  assert.deepEqual(introduced.device, keys);
  await atApprover.say({ kind: 'welcome', head, deviceId: deviceId.parse(keys.id) });
  assert.deepEqual((await atDevice.hear('welcome')).head, head);
});

test('without the code, or with a frame that was changed on the way, there is no link', async () => {
  const { device, approver } = boxes();
  const ends = [linkAsApprover(approver, randomBytes(32)), linkAsNewDevice(device, randomBytes(32))] as const;
  ends[1].catch(() => undefined);
  await assert.rejects(
    ends[0],
    (error: unknown) => error instanceof ApprovalError && error.code === 'handshake',
  );

  const psk = randomBytes(32);
  const cheated = boxes((frame) => `${frame.slice(0, -1)}${frame.endsWith('A') ? 'Q' : 'A'}`);
  const changed = [linkAsApprover(cheated.approver, psk), linkAsNewDevice(cheated.device, psk)] as const;
  for (const each of changed) each.catch(() => undefined);
  await assert.rejects(Promise.any(changed));
});

test('a request that ends tells the new device how', async () => {
  for (const state of ['declined', 'expired'] as const) {
    const { device, close } = boxes();
    close(state);
    await assert.rejects(linkAsNewDevice(device, randomBytes(32)), { code: state });
  }
});

test('a lost answer is asked for again, and a frame that came twice counts once', async () => {
  const frames = ['AQABAQ'];
  let calls = 0;
  const ask = (after: number, send?: string) => {
    calls += 1;
    if (send !== undefined) frames.push(send);
    if (calls === 1) return Promise.reject(new ApiError('OFFLINE'));
    return Promise.resolve({ state: 'matched' as const, frames: frames.slice(after) });
  };
  const mailbox = createMailbox({ ask, pollMs: 1, signal: AbortSignal.timeout(1_000) });
  frames.push('AQABAQ', 'AQECAg');
  assert.deepEqual(await mailbox.receive(0), Uint8Array.of(1, 1));
  assert.deepEqual(await mailbox.receive(1), Uint8Array.of(2, 2));
});
