import type { ContactRecord } from '@sprechzimmer/protocol/contact.ts';

/** What a contact is found by: its words and its number, each folded once and not with every key that is pressed. */
export type SearchKey = { words: string; digits: string };

const minDigits = 3;

export function searchKey({ name, email, telephone }: Omit<ContactRecord, 'language'>): SearchKey {
  return { words: ` ${fold(name)} ${fold(email)}`, digits: foldDigits(telephone) };
}

/** Finds by a query: each of its words begins a word of name or address, or it stands in the number. */
export function matcher(query: string): (key: SearchKey) => boolean {
  const digits = foldDigits(query);
  if (digits.length >= minDigits && !/\p{L}/u.test(query)) return (key) => key.digits.includes(digits);
  const words = fold(query)
    .split(' ')
    .filter((word) => word !== '');
  return (key) =>
    words.every(
      (word) => key.words.includes(` ${word}`) || (word.length >= minDigits && key.words.includes(word)),
    );
}

/**
 * The same for all ways of writing: case and diacritics do not matter, nor whether an umlaut is written as two letters
 * (DIN 5007, variant 2: Mueller, Müller).
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll(/([aou])e/g, '$1')
    .replaceAll(/[^\p{L}\p{N}@.]+/gu, ' ')
    .trim();
}

/** A number's digits as they are dialled at home. */
function foldDigits(text: string): string {
  const isAbroad = /^\s*(\+|00)/.test(text);
  const digits = text.replaceAll(/\D/g, '').replace(isAbroad ? /^(00)?49/ : /^$/, '0');
  return digits;
}
