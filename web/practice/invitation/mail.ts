import { groupCode } from '@sprechzimmer/crypto/code.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { dayAsDate } from '../appointment/calendar-day.ts';

export type InvitationText = {
  name: string;
  practice: string;
  practitioner: string;
  telephone: string;
  day: CalendarDay;
  time: string;
  code: string;
  roomOrigin: string;
};

/** The link that opens the waiting room. The code stands in the fragment, which no browser sends to a server. */
export function invitationLink(roomOrigin: string, code: string): string {
  return `${roomOrigin}/#${code}`;
}

/** Subject and text of the invitation. The letter is for the patient: German, whatever the practice's screen speaks. */
export function invitationMail(invitation: InvitationText): { subject: string; body: string } {
  const { name, practice, practitioner, telephone, day, time, code, roomOrigin } = invitation;
  const date = new Intl.DateTimeFormat('de-DE', { dateStyle: 'full', timeZone: 'UTC' }).format(
    dayAsDate(day),
  );
  const body = `Guten Tag ${name},

Ihre Videosprechstunde bei ${practitioner} ist am
${date}, um ${time} Uhr.

So kommen Sie ins Wartezimmer: Öffnen Sie an diesem Tag den Link

${invitationLink(roomOrigin, code)}

Oder öffnen Sie ${roomOrigin} und geben Sie diesen Code ein:

${groupCode(code)}

Link und Code öffnen nur an diesem Tag und nur für Sie: Bitte geben Sie sie nicht weiter.
Sie brauchen ein Gerät mit Kamera, Mikrofon und Browser. Ein Konto oder ein Programm brauchen Sie nicht.

Wenn etwas nicht klappt, rufen Sie uns an: ${telephone}

Mit freundlichen Grüßen
${practice}`;
  return { subject: `Ihre Videosprechstunde am ${date}, um ${time} Uhr`, body };
}

/**
 * A `mailto:` address (RFC 6068). Everything is percent-encoded, so no name or contact can add a header of its own.
 * @param to an address as `readEmailAddress` gives it; without one the mail program opens with an empty recipient
 */
export function mailtoLink(to: string | undefined, mail: { subject: string; body: string }): string {
  const subject = mail.subject.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  const body = mail.body.replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\r\n');
  return `mailto:${encode(to ?? '')}?subject=${encode(subject)}&body=${encode(body)}`;
}

const addressPattern =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** @returns the address when the contact is exactly one e-mail address and nothing else */
export function readEmailAddress(contact: string): string | undefined {
  const address = contact.trim();
  return address.length <= 254 && addressPattern.test(address) ? address : undefined;
}

function encode(text: string): string {
  // encodeURIComponent throws for half a surrogate pair, which a pasted name may hold.
  return encodeURIComponent(text.toWellFormed()).replaceAll("'", '%27').replaceAll('%40', '@');
}
