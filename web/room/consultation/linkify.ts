/** A part of a text: words, or a link whose `text` shows where it leads. */
export type TextPart = { text: string; href?: string };

const schemes = ['http:', 'https:', 'mailto:', 'tel:'];
const candidate = /(?<![\p{L}\p{N}])(?:https?:\/\/|mailto:|tel:)[^\s<>"“”„«»`]+/giu;
/** Ends a sentence, not an address. */
const punctuation = /[.,;:!?'’)\]}*_~…]$/u;
/** Seen as it is: no letter that looks like another, nothing that turns the reading direction. */
const plain = /^[\x21-\x7E]+$/;

/**
 * Finds addresses in what somebody wrote. Only the web, mail and telephone; and each link says where it leads, letter by
 * letter: where the text as written could hide that, the address as the browser reads it stands there instead.
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(candidate)) {
    const written = trimEnd(found);
    const href = readAddress(written);
    if (!href) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: plain.test(written) && isSameHost(written, href) ? written : href, href });
    end = index + written.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Punctuation at the end belongs to the sentence; a bracket belongs to the address if it was opened there. */
function trimEnd(found: string): string {
  let written = found;
  while (punctuation.test(written)) {
    if (written.endsWith(')') && count(written, '(') >= count(written, ')')) break;
    written = written.slice(0, -1);
  }
  return written;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function readAddress(written: string): string | undefined {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  // Whoever writes `https://bank.example@elsewhere.example` wants it to be misread.
  if (!url || !schemes.includes(url.protocol) || url.username || url.password) return undefined;
  if (url.protocol.startsWith('http') ? !url.hostname : !/[\w+]/.test(url.pathname)) return undefined;
  return url.href;
}

function isSameHost(written: string, href: string): boolean {
  const host = /^https?:\/\/([^/?#]*)/i.exec(written)?.[1];
  return host === undefined || host.toLowerCase() === new URL(href).host;
}
