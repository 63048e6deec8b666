import { domainToASCII } from 'node:url';
import type { Channel } from '@sprechzimmer/protocol/delivery.ts';
import { emailAddress } from '@sprechzimmer/protocol/practice.ts';

/**
 * Where a message goes, in the form that mail servers and gateways take: one plain address with its domain in ASCII
 * (RFC 5891), or one telephone number (E.164). Undefined for anything else: names, lists, line breaks.
 */
export function readRecipient(channel: Channel, to: string): string | undefined {
  return channel === 'mail' ? readEmail(to) : readTelephone(to);
}

function readEmail(to: string): string | undefined {
  const at = to.lastIndexOf('@');
  const domain = domainToASCII(to.slice(at + 1));
  return emailAddress.safeParse(`${to.slice(0, at)}@${domain}`).data;
}

function readTelephone(to: string): string | undefined {
  return /^\+[1-9]\d{5,14}$/.test(to) ? to : undefined;
}
