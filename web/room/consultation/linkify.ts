/** A part of a text: words, or a link whose `text` shows where it leads. */
export type TextPart = { text: string; href?: string };

const schemes = ['http:', 'https:', 'mailto:', 'tel:'];
const candidate = /(?<![\p{L}\p{N}])(?:https?:\/\/|mailto:|tel:)[^\s<>"“”„«»`]+/giu;
/** Ends a sentence, not an address. */
const punctuation = ".,;:!?'’)]}*_~…";
/** Looked at in one text; whoever writes more writes no addresses. */
const maxLinks = 20;
/** Seen as it is: no letter that looks like another, nothing that turns the reading direction. */
const plain = /^[\x21-\x7E]+$/;

/**
 * Finds addresses in what somebody wrote. Only the web, mail and telephone; and each link says where it leads, letter by
 * letter: where the text as written could hide that, the address as the browser reads it stands there instead.
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  let looked = 0;
  for (const { 0: found, index } of text.matchAll(candidate)) {
    if (++looked > maxLinks) break;
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
  let end = found.length;
  let unopened = found.split(')').length - found.split('(').length;
  for (; punctuation.includes(found.charAt(end - 1)); end--) {
    if (found[end - 1] === ')' && unopened-- <= 0) break;
  }
  return found.slice(0, end);
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
