import { sha256, toBase64url, utf8 } from '@sprechzimmer/crypto/bytes.ts';
import { maxConsentTextBytes } from '@sprechzimmer/protocol/invitation.ts';
import type { ConsentProfile } from '@sprechzimmer/protocol/invitation-settings.ts';

type ConsentTexts = ConsentProfile['texts'];

/** All texts that are kept, in bytes: the sealed profile holds 65,536. */
const maxKeptBytes = 56_000;

/** How many bytes a text is too long; 0: it fits. */
export function excessBytes(text: string): number {
  return Math.max(0, utf8(text).length - maxConsentTextBytes);
}

/** What consents are recorded to: SHA-256 of the text, base64url. */
export async function hashOfText(text: string): Promise<string> {
  return toBase64url(await sha256(utf8(text)));
}

/**
 * The profile after saving. A changed text is added, since consents were given to the earlier ones; the oldest go when
 * there is no room for more.
 * @param now when it is saved
 */
export function withTexts(
  profile: ConsentProfile,
  { asked, de, en }: { asked: boolean; de: string; en: string },
  now: Date,
): ConsentProfile {
  const current = profile.texts.at(-1);
  if ((current?.de ?? '') === de && (current?.en ?? '') === en) return { ...profile, asked };
  const texts = [...profile.texts, { since: now.toISOString(), de, en }];
  while (texts.length > 1 && utf8(JSON.stringify(texts)).length > maxKeptBytes) texts.shift();
  return { asked, texts };
}

/** The text that a consent was given to; undefined when it is not kept any more. */
export async function findText(
  texts: ConsentTexts,
  textHash: string,
): Promise<{ since: string; text: string } | undefined> {
  for (const { since, de, en } of texts.toReversed()) {
    for (const text of [de, en]) {
      if (text !== '' && (await hashOfText(text)) === textHash) return { since, text };
    }
  }
  return undefined;
}
