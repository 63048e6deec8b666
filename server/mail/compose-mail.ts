import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Content } from './seal-content.ts';

/**
 * The message as it goes over the wire (RFC 5322): plain text, with the appointment as a file if there is one.
 * @param from an address, or a name and an address in angle brackets
 */
export async function composeMail(content: Content, from: string, date: Date): Promise<Buffer> {
  const { to, subject, text, calendarFile } = content;
  const domain = from.slice(from.lastIndexOf('@') + 1).replace('>', '');
  const attachments = calendarFile
    ? [
        {
          filename: 'termin.ics',
          content: calendarFile,
          contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
        },
      ]
    : [];
  const mail = new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    text,
    attachments,
    date,
    messageId: `<${randomUUID()}@${domain}>`,
    // Out-of-office replies to it would be of use to nobody (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

/** The address alone, as a mail server is told of it (RFC 5321, MAIL FROM). */
export function bareAddress(from: string): string {
  return /<([^>]*)>$/.exec(from)?.[1] ?? from;
}
