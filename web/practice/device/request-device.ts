import { sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { generateCode } from '@sprechzimmer/crypto/code.ts';
import { type DeviceKeyPairs, generateDeviceKeys, signText } from '@sprechzimmer/crypto/device-keys.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import { type DeviceRequestId, pollText } from '@sprechzimmer/protocol/device.ts';
import type { DeviceKeys } from '@sprechzimmer/protocol/membership.ts';
import { type SecondFactorAnswer, signInProof } from '@sprechzimmer/protocol/practice.ts';
import { ApiError, type PracticeClient } from '../api.ts';
import { linkAsNewDevice } from './approval-handshake.ts';
import { type Ask, createMailbox } from './approval-mailbox.ts';
import type { StoredDevice } from './key-store.ts';
import { publicDeviceKeys } from './public-keys.ts';

export type NewDeviceForm = { email: string; password: string; deviceName: string };

/** A new device whose main user has been asked; `code` is what its screen shows. */
export type OpenDeviceRequest = {
  id: DeviceRequestId;
  code: string;
  psk: Awaited<ReturnType<typeof deriveSecrets>>['psk'];
  expiresAt: Date;
  form: NewDeviceForm;
  browser: string;
  device: DeviceKeys;
  keys: DeviceKeyPairs;
};

const pollMs = 1_500;

/**
 * Asks the practice to take this browser in.
 * @param place the practice app's origin, part of the code's salt, and how this browser names itself
 * @throws ApiError, `SECOND_FACTOR_NEEDED` among them
 */
export async function requestDevice(
  client: PracticeClient,
  form: NewDeviceForm,
  place: { origin: string; browser: string },
  secondFactor?: SecondFactorAnswer,
): Promise<OpenDeviceRequest> {
  const keys = await generateDeviceKeys();
  const device = await publicDeviceKeys(crypto.randomUUID(), keys);
  const code = generateCode();
  const { locator, psk } = await deriveSecrets(code, 'device', place.origin);
  const { challenge } = await client.practice.challenge({});
  const proof = signInProof('request-device', form.email, device.id, challenge);
  const { requestId, expiresAt } = await client.device.request({
    email: form.email.trim(),
    password: form.password,
    device,
    browser: place.browser,
    locatorHash: toBase64url(await sha256(locator)),
    challenge,
    signature: toBase64url(await signText(keys.sign.privateKey, proof)),
    ...(secondFactor && { secondFactor }),
  });
  const common = { code, psk, form, browser: place.browser, device, keys };
  return { id: requestId, expiresAt: new Date(expiresAt), ...common };
}

/**
 * Waits until the code was typed at an approved device, and takes this browser in. What comes back is proven by the code:
 * nobody who does not know it can say which log this device is to believe.
 * @throws ApprovalError, ApiError; AbortError
 */
export async function awaitApproval(
  client: PracticeClient,
  request: OpenDeviceRequest,
  signal: AbortSignal,
): Promise<StoredDevice> {
  const { form, browser, device, keys } = request;
  const mailbox = createMailbox({ ask: signedPoll(client, request), pollMs, signal });
  const link = await linkAsNewDevice(mailbox, request.psk);
  const name = form.deviceName.trim();
  await link.say({ kind: 'introduce', device, name, browser });
  const { head } = await link.hear('welcome');
  return {
    practiceId: '',
    deviceId: device.id,
    keys,
    deviceName: name,
    practiceName: '',
    email: form.email.trim(),
    registered: true,
    pin: head,
  };
}

/** There is no session yet: the device's key speaks for it, by the server's clock where this one goes wrong. */
function signedPoll(client: PracticeClient, { id, keys }: OpenDeviceRequest): Ask {
  let clockOffsetMs = 0;
  const poll = async (after: number, send?: string) => {
    const content = { requestId: id, after, ...(send !== undefined && { send }) };
    const timestampMs = Date.now() + clockOffsetMs;
    const text = pollText({ ...content, timestampMs });
    const signature = toBase64url(await signText(keys.sign.privateKey, text));
    return client.device.poll({ ...content, timestampMs, signature });
  };
  return async (after, send) => {
    try {
      return await poll(after, send);
    } catch (error) {
      const serverTimeMs = error instanceof ApiError ? serverTimeIn(error.data) : undefined;
      if (serverTimeMs === undefined) throw error;
      clockOffsetMs = serverTimeMs - Date.now();
      return poll(after, send);
    }
  };
}

function serverTimeIn(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null || !('serverTimeMs' in data)) return undefined;
  return typeof data.serverTimeMs === 'number' ? data.serverTimeMs : undefined;
}
