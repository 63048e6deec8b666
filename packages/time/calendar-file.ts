/** One appointment as a calendar program reads it. */
export type CalendarEvent = {
  /** Globally unique and the same for all versions of the event. */
  uid: string;
  /** Counts up with each change. */
  sequence: number;
  start: Date;
  durationMinutes: number;
  summary: string;
  description: string;
  /** Where the event takes place; a web address. */
  url?: string;
  isCancelled?: boolean;
};

/**
 * An iCalendar file with one event (RFC 5545), its times in UTC: every program shows them in its reader's own zone, and
 * no time zone has to be described.
 * @param stamp when the file is made
 */
export function calendarFile(event: CalendarEvent, stamp: Date): string {
  const end = new Date(event.start.getTime() + event.durationMinutes * 60_000);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sprechzimmer//Sprechzimmer//DE',
    `METHOD:${event.isCancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${text(event.uid)}`,
    `DTSTAMP:${utc(stamp)}`,
    `DTSTART:${utc(event.start)}`,
    `DTEND:${utc(end)}`,
    `SEQUENCE:${event.sequence}`,
    `SUMMARY:${text(event.summary)}`,
    `DESCRIPTION:${text(event.description)}`,
    ...(event.url ? [`LOCATION:${text(event.url)}`, `URL:${event.url}`] : []),
    `STATUS:${event.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

/** RFC 5545, 3.3.5, form 2: to the second. */
function utc(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** RFC 5545, 3.3.11: no control character but a line break, and that written out. */
function text(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`);
}

const maxOctets = 75;
const encoder = new TextEncoder();

/** RFC 5545, 3.1: lines of at most 75 octets, broken between characters. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > maxOctets) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += length;
  }
  return folded;
}
