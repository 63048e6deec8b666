import { type Bytes, fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { wrapToDevice } from '@sprechzimmer/crypto/practice-key.ts';
import type { KeyWrap } from '@sprechzimmer/protocol/practice.ts';

/** Who a key is wrapped to: a device, or the recovery sheet. `agreeKey` comes from the verified log, base64url. */
export type Receiver = { to: KeyWrap['to']; agreeKey: string };

/** @param keys practice keys by generation */
export async function wrapKeys(
  keys: ReadonlyMap<number, Bytes>,
  practiceId: string,
  receivers: readonly Receiver[],
): Promise<KeyWrap[]> {
  const wraps: KeyWrap[] = [];
  for (const { to, agreeKey } of receivers) {
    for (const [generation, key] of keys) {
      const wrap = await wrapToDevice(key, fromBase64url(agreeKey), [practiceId, to, String(generation)]);
      wraps.push({ to, generation, wrap: toBase64url(wrap) });
    }
  }
  return wraps;
}
