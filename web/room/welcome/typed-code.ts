import { readCode, type CodeReading } from '@sprechzimmer/crypto/code.ts';

/**
 * What the code field shows for what was typed or pasted: capital letters in groups of four. A pasted link or sentence
 * is reduced to the code in it.
 * @param caret how many characters stand before the caret
 */
export function arrangeCode(text: string, caret: number): { text: string; caret: number } {
  const found = codeWithin(text);
  if (found !== undefined) return { text: grouped(found), caret: grouped(found).length };
  const symbols = symbolsOf(text);
  const before = symbolsOf(text.slice(0, caret)).length;
  return { text: grouped(symbols), caret: before + Math.max(0, Math.floor((before - 1) / 4)) };
}

/** The code in a page's fragment (`#K7QF93MDXW2P`): undefined when there is no fragment at all. */
export function readLink(fragment: string): CodeReading | undefined {
  const text = fragment.replace(/^#/, '');
  if (text === '') return undefined;
  try {
    return readCode(decodeURIComponent(text));
  } catch {
    return { kind: 'unknown-symbol', symbol: '%' };
  }
}

/** A whole, valid code in a longer text such as a link, or `Ihr Code: K7QF-93MD-XW2P`. */
function codeWithin(text: string): string | undefined {
  const afterHash = text.includes('#') ? text.slice(text.lastIndexOf('#') + 1) : '';
  const words =
    text.match(/[0-9a-z]{4}[\s\p{Dash}]?[0-9a-z]{4}[\s\p{Dash}]?[0-9a-z]{4}(?![0-9a-z])/giu) ?? [];
  for (const candidate of [afterHash, ...words]) {
    const reading = readCode(candidate);
    if (reading.kind === 'code' && symbolsOf(candidate) !== symbolsOf(text)) return reading.code;
  }
  return undefined;
}

function symbolsOf(text: string): string {
  return text.toUpperCase().replace(/[\s\p{Dash}]/gu, '');
}

function grouped(symbols: string): string {
  return symbols.match(/.{1,4}/gu)?.join('-') ?? '';
}
