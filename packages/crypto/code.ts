import { randomBytes } from './bytes.ts';

/** Crockford base32 (https://www.crockford.com/base32.html): no I, L, O, U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An access code: 11 random symbols (55 bits) and a check symbol. */
export const codeLength = 12;
/** The recovery sheet's code: 23 random symbols (115 bits) and a check symbol. */
export const recoveryCodeLength = 24;
const groupLength = 4;

export type CodeReading =
  | { kind: 'code'; code: string }
  | { kind: 'incomplete'; typed: number }
  | { kind: 'too-long' }
  | { kind: 'unknown-symbol'; symbol: string }
  | { kind: 'mistyped' };

/** A new code from the browser's random source, without hyphens. */
export function generateCode(length = codeLength): string {
  const symbols = Array.from(randomBytes(length - 1), (byte) => byte & 31);
  return symbols.map((value) => alphabet[value]).join('') + alphabet[checkValue(symbols)];
}

/** Reads what a person typed: any case, `O` for 0, `I` and `L` for 1, spaces and hyphens anywhere. */
export function readCode(text: string, length = codeLength): CodeReading {
  const values: number[] = [];
  for (const character of text.normalize('NFKC').toUpperCase()) {
    if (/[\s\p{Dash}]/u.test(character)) continue;
    const symbol = character === 'O' ? '0' : character === 'I' || character === 'L' ? '1' : character;
    const value = alphabet.indexOf(symbol);
    if (value < 0) return { kind: 'unknown-symbol', symbol: character };
    values.push(value);
  }
  if (values.length < length) return { kind: 'incomplete', typed: values.length };
  if (values.length > length) return { kind: 'too-long' };
  // In words that a browser knows which is told that it is too old, and shown its code.
  if (checkValue(values.slice(0, -1)) !== values[values.length - 1]) return { kind: 'mistyped' };
  return { kind: 'code', code: values.map((value) => alphabet[value]).join('') };
}

/** `K7QF93MDXW2P` as `K7QF-93MD-XW2P`. */
export function groupCode(code: string): string {
  return code.match(new RegExp(`.{1,${groupLength}}`, 'g'))?.join('-') ?? '';
}

/**
 * The check symbol: a Damm-like check over GF(32). Each step multiplies by the primitive element, so every single wrong
 * symbol and every swap of two different neighbours changes it.
 */
function checkValue(symbols: number[]): number {
  return symbols.reduce((sum, value) => timesPrimitive(sum ^ value), 0);
}

/** Multiplies by x in GF(2^5) modulo x^5 + x^2 + 1. */
function timesPrimitive(value: number): number {
  const doubled = value << 1;
  return doubled & 32 ? doubled ^ 0b100101 : doubled;
}
