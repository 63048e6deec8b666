import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DeliveryInput } from '@sprechzimmer/protocol/delivery.ts';

/** What is known of a message only until it is sent. */
export type Content = Pick<DeliveryInput, 'to' | 'subject' | 'text' | 'calendarFile' | 'endsAt'>;

/** Where a sealed content belongs; moved elsewhere, it does not open. */
export type ContentPlace = { deliveryId: string; practiceId: string };

const suite = 1; // AES-256-GCM
const nonceBytes = 12;
const tagBytes = 16;

/** Suite, nonce, tag, ciphertext. */
export function sealContent(key: Buffer, place: ContentPlace, content: Content): Buffer {
  const { to, subject, text, calendarFile, endsAt } = content;
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(additionalData(place));
  const plain = JSON.stringify({ to, subject, text, calendarFile, endsAt });
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(suite), nonce, cipher.getAuthTag(), sealed]);
}

/** @throws Error when it was sealed with another key, for another place, or changed since */
export function openContent(key: Buffer, place: ContentPlace, sealed: Buffer): Content {
  if (sealed[0] !== suite) throw new Error('a content of an unknown suite');
  const [nonceEnd, tagEnd] = [1 + nonceBytes, 1 + nonceBytes + tagBytes];
  const nonce = sealed.subarray(1, nonceEnd);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(additionalData(place));
  decipher.setAuthTag(sealed.subarray(nonceEnd, tagEnd));
  const plain = Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]);
  return JSON.parse(plain.toString('utf8'));
}

function additionalData({ deliveryId, practiceId }: ContentPlace): Buffer {
  return Buffer.from(`sprechzimmer v1|delivery|${practiceId}|${deliveryId}`);
}
