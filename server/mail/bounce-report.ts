import type { DeliveryReason } from '@sprechzimmer/protocol/delivery.ts';

/**
 * Why a message came back, from the report of a mail server (RFC 3464). Undefined for everything else: delays, receipts,
 * out-of-office replies, letters.
 * @param source the whole mail that came in
 */
export function readBounce(source: string): DeliveryReason | undefined {
  const { head, body } = split(source);
  const type = /^content-type:\s*multipart\/report\b(.*)$/im.exec(head)?.[1] ?? '';
  const boundary = /\bboundary="?([^";]{1,70})"?/i.exec(type)?.[1];
  if (boundary === undefined || !/\breport-type="?delivery-status\b/i.test(type)) return undefined;
  for (const part of body.split(`--${boundary.trimEnd()}`)) {
    const { head: partHead, body: status } = split(part.replace(/^[ \t]*\n/, ''));
    if (/^content-type:\s*message\/(global-)?delivery-status\b/im.test(partHead)) return readStatus(status);
  }
  return undefined;
}

/** Header lines, unfolded (RFC 5322, 2.2.3), and what follows the first empty line. */
function split(source: string): { head: string; body: string } {
  const text = source.replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  const [head, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 2)];
  return { head: head.replaceAll(/\n[ \t]+/g, ' '), body };
}

/** One block per recipient, of whom our messages have one (RFC 3464, 2.3). */
function readStatus(status: string): DeliveryReason | undefined {
  if (!/^action:\s*failed\b/im.test(status)) return undefined;
  const code = /^status:\s*5\.(\d{1,3})\.\d{1,3}\b/im.exec(status)?.[1];
  // RFC 3463, 3: 1 is the address, 2 the mailbox, 6 and 7 the content and who may send it.
  if (code === '6') return 'content';
  return code === undefined || code === '1' ? 'address' : 'mail-server';
}
