import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { type DeviceKeyPairs, exportPublicKey } from '@sprechzimmer/crypto/device-keys.ts';
import { deviceId } from '@sprechzimmer/protocol/ids.ts';
import type { DeviceKeys } from '@sprechzimmer/protocol/membership.ts';

/** A device as server and log know it. */
export async function publicDeviceKeys(id: string, keys: DeviceKeyPairs): Promise<DeviceKeys> {
  return {
    id: deviceId.parse(id),
    signKey: toBase64url(await exportPublicKey(keys.sign.publicKey)),
    agreeKey: toBase64url(await exportPublicKey(keys.agree.publicKey)),
  };
}
