/** The link that opens the waiting room. The code stands in the fragment, which no browser sends to a server. */
export function invitationLink(roomOrigin: string, code: string): string {
  return `${roomOrigin}/#${code}`;
}

/** Longer addresses are cut off, or not opened at all, by mail programs on Windows. */
export const longestMailto = 2_000;

/**
 * A `mailto:` address (RFC 6068). Everything is percent-encoded, so no name or contact can add a header of its own.
 * @param to an address as `readEmailAddress` gives it; without one the mail program opens with an empty recipient
 */
export function mailtoLink(to: string | undefined, mail: { subject: string; text: string }): string {
  const subject = mail.subject.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  const body = mail.text.replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\r\n');
  const query = [`subject=${encode(subject)}`, ...(body === '' ? [] : [`body=${encode(body)}`])];
  return `mailto:${encode(to ?? '')}?${query.join('&')}`;
}

const addressPattern =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/**
 * @returns the address that a message can be sent to, its domain as the mail system writes it: `a@müller.example` becomes
 * `a@xn--mller-kva.example` (RFC 5891)
 */
export function readRecipient(text: string): string | undefined {
  const [local = '', domain = '', ...rest] = text.trim().split('@');
  if (rest.length > 0 || /^[\x20-\x7e]*$/.test(domain)) return readEmailAddress(text);
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return undefined;
  return readEmailAddress(`${local}@${URL.parse(`http://${domain}`)?.hostname}`);
}

/** @returns the address when the text is exactly one e-mail address and nothing else */
export function readEmailAddress(text: string): string | undefined {
  const address = text.trim();
  return address.length <= 254 && addressPattern.test(address) ? address : undefined;
}

function encode(text: string): string {
  // encodeURIComponent throws for half a surrogate pair, which a pasted name may hold.
  return encodeURIComponent(text.toWellFormed()).replaceAll("'", '%27').replaceAll('%40', '@');
}
