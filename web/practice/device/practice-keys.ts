import { type Bytes, fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { unwrapAtDevice } from '@sprechzimmer/crypto/practice-key.ts';
import type { KeyWrap } from '@sprechzimmer/protocol/practice.ts';
import { KeyMismatchError } from '../practice/key-mismatch.ts';
import type { StoredDevice } from './key-store.ts';

/**
 * The practice keys of all generations that this device has, as bytes: to wrap them to another member, or to make record
 * keys of them. Nobody keeps the bytes.
 * @throws KeyMismatchError
 */
export async function openPracticeKeys(
  wraps: readonly KeyWrap[],
  practiceId: string,
  device: StoredDevice,
): Promise<Map<number, Bytes>> {
  const keys = new Map<number, Bytes>();
  try {
    for (const { to, generation, wrap } of wraps) {
      if (to !== device.deviceId) continue;
      const context = [practiceId, device.deviceId, String(generation)];
      keys.set(generation, await unwrapAtDevice(fromBase64url(wrap), device.keys.agree, context));
    }
  } catch (cause) {
    throw new KeyMismatchError('the practice key does not open', { cause });
  }
  return keys;
}
