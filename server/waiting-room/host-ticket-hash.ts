import { createHash } from 'node:crypto';

/** SHA-256 of the ticket's bytes: all that the server keeps of it. */
export function hostTicketHash(ticket: string): Buffer {
  return createHash('sha256').update(Buffer.from(ticket, 'base64url')).digest();
}
