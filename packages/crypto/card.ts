import type { Bytes } from './bytes.ts';
import { openJson, sealingKey, sealJson } from './seal.ts';

/** Seals an invitation's card with the `cardKey` of its code. */
export async function sealCard(cardKey: Bytes, card: unknown): Promise<Bytes> {
  return sealJson(await sealingKey(cardKey), card, ['card']);
}

/** @throws OpenError */
export async function openCard(cardKey: Bytes, blob: Bytes): Promise<unknown> {
  return openJson(await sealingKey(cardKey), blob, ['card']);
}
