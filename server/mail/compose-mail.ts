import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Content } from './seal-content.ts';

/**
 * The message as it goes over the wire (RFC 5322): plain text, with the appointment as a file if there is one.
 * @param from an address, or a name and an address in angle brackets
 */
export async function composeMail(content: Content, from: string, date: Date): Promise<Buffer> {
  const { to, subject, text, calendarFile } = content;
  const sender = readSender(from);
  const attachments = calendarFile
    ? [
        {
          filename: 'termin.ics',
          content: calendarFile,
          contentType: `text/calendar; charset=utf-8; method=${methodOf(calendarFile)}`,
        },
      ]
    : [];
  const mail = new MailComposer({
    from: sender,
    to: { name: '', address: to },
    subject,
    text,
    attachments,
    date,
    messageId: `<${randomUUID()}@${sender.address.replace(/^.*@/, '')}>`,
    // Out-of-office replies to it would be of use to nobody (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

/** Calendar programs go by the header, which has to say what the file says (RFC 5546, 3; RFC 6047, 2.4). */
function methodOf(calendarFile: string): string {
  return /^METHOD:CANCEL\r?$/m.test(calendarFile) ? 'CANCEL' : 'PUBLISH';
}

/** Taken apart by us: a name may have commas in it, and is one name still. */
export function readSender(from: string): { name: string; address: string } {
  const [, name = '', address = from] = /^(.*?)\s*<([^<>]*)>$/.exec(from) ?? [];
  return { name: name.replace(/^"(.*)"$/, '$1'), address };
}
