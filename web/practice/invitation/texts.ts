import { groupCode } from '@sprechzimmer/crypto/code.ts';
import type {
  AppointmentRecord,
  Participant,
  StoredAppointment,
} from '@sprechzimmer/protocol/appointment.ts';
import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';
import type { InvitationSettings, TemplateKind } from '@sprechzimmer/protocol/invitation-settings.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { calendarFile } from '@sprechzimmer/time/calendar-file.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';
import { dayAsDate } from '../appointment/calendar-day.ts';
import type { PracticeSession } from '../practice/session.ts';
import { defaultTemplate } from './default-templates.ts';
import { invitationLink } from './mail.ts';
import { fillIn, mayGoThroughServer, type Placeholder, type TemplateText } from './placeholders.ts';

/** What of the practice goes into its texts. */
export type TextSession = Pick<
  PracticeSession,
  'practice' | 'roomOrigin' | 'userNames' | 'invitationSettings'
>;

/** An appointment as its texts tell of it. */
export type TextAppointment = Pick<StoredAppointment, 'id' | 'practitionerId' | 'day'> &
  Pick<AppointmentRecord, 'time' | 'durationMinutes'>;

export type TextFacts = {
  name: string;
  practitioner: string;
  day: CalendarDay;
  /** `HH:MM`, on the practice's clock. */
  time: string;
  durationMinutes: number;
  /** Left out where the code goes by telephone. */
  code?: string | undefined;
};

export type RenderedText = { subject: string; text: string };

/** The practice's own template, or the one that comes with the product. */
export function templateOf(
  settings: InvitationSettings,
  kind: TemplateKind,
  language: InvitationLanguage,
): TemplateText {
  const own = settings.templates.find((each) => each.kind === kind && each.language === language);
  return own ?? defaultTemplate(kind, language);
}

/** Subject and text for one participant. The subject is one line, whatever stands in the names. */
export function render(
  kind: TemplateKind,
  language: InvitationLanguage,
  session: TextSession,
  facts: TextFacts,
): RenderedText {
  return renderTemplate(
    templateOf(session.invitationSettings, kind, language),
    kind,
    language,
    session,
    facts,
  );
}

const longestSubject = 200;

/** The same for a template that is still being written. */
export function renderTemplate(
  template: TemplateText,
  kind: TemplateKind,
  language: InvitationLanguage,
  session: TextSession,
  facts: TextFacts,
): RenderedText {
  const values = valuesOf(kind, language, session, facts);
  const subject = oneLine(fillIn(template.subject, values));
  const text = fillIn(template.text, values).toWellFormed();
  // Half a surrogate pair would be left of an emoji that does not fit.
  return { subject: subject.slice(0, longestSubject).replace(/[\ud800-\udbff]$/, ''), text };
}

function valuesOf(
  kind: TemplateKind,
  language: InvitationLanguage,
  session: TextSession,
  facts: TextFacts,
): Record<Placeholder, string> {
  const { practice, roomOrigin } = session;
  const isGerman = language === 'de';
  // Whatever stands in the template: the server learns no name.
  const isOpen = mayGoThroughServer(kind);
  const code = kind === 'server-mail-without-code' || kind === 'cancelled' ? undefined : facts.code;
  const byTelephone = isGerman ? '(nennen wir Ihnen am Telefon)' : '(we tell you on the telephone)';
  return {
    name: isOpen ? '' : personName(facts.name),
    praxis: isOpen ? neutralName(session) : personName(practice.name),
    behandler: isOpen ? neutralName(session) : personName(facts.practitioner),
    datum: dateInWords(facts.day, language),
    uhrzeit: facts.time.replace(/^0(?=\d)/, ''),
    dauer: isGerman ? `${facts.durationMinutes} Minuten` : `${facts.durationMinutes} minutes`,
    link: code === undefined ? roomOrigin : invitationLink(roomOrigin, code),
    code: code === undefined ? byTelephone : groupCode(code),
    telefon: oneLine(practice.telephone),
    adresse: roomOrigin,
  };
}

/** What the practice is called where strangers may read along. */
export function neutralName({ practice, invitationSettings }: TextSession): string {
  return personName(invitationSettings.neutralName.trim() || practice.name);
}

/** Facts of one participant's invitation. */
export function factsOf(
  session: TextSession,
  appointment: TextAppointment,
  participant: Pick<Participant, 'name' | 'code'>,
): TextFacts {
  const { day, time, durationMinutes, practitionerId } = appointment;
  const practitioner = session.userNames.get(practitionerId) ?? session.practice.name;
  return { name: participant.name, practitioner, day, time, durationMinutes, code: participant.code };
}

export type ServerMessage = RenderedText & { calendarFile: string | null };

/** What the server mails on the appointment's day, or now: with the link, or with everything but the code. */
export function dayMail(
  session: TextSession,
  appointment: TextAppointment,
  participant: Pick<Participant, 'name' | 'code' | 'language'> & {
    mailOnDay: 'link' | 'without-code' | 'no';
  },
): ServerMessage {
  const withCode = participant.mailOnDay !== 'without-code';
  const kind = withCode ? 'server-mail' : 'server-mail-without-code';
  const { language, code } = participant;
  const message = render(kind, language, session, factsOf(session, appointment, participant));
  const file = invitationFile(session, appointment, language, withCode ? code : undefined);
  return { ...message, calendarFile: file };
}

/**
 * The appointment for the participant's own calendar. It says nothing of who it is for: calendars are shared.
 * @param code left out where it goes by telephone
 */
export function invitationFile(
  session: TextSession,
  appointment: TextAppointment,
  language: InvitationLanguage,
  code: string | undefined,
  isCancelled = false,
): string {
  const { id, day, time, durationMinutes } = appointment;
  const now = new Date();
  const { roomOrigin, practice } = session;
  const isGerman = language === 'de';
  const url = code === undefined ? roomOrigin : invitationLink(roomOrigin, code);
  const telephone = `${isGerman ? 'Telefon' : 'Telephone'}: ${oneLine(practice.telephone)}`;
  const hint = isGerman
    ? `Öffnen Sie an diesem Tag: ${url}\nDer Link öffnet nur an diesem Tag.`
    : `On that day, open: ${url}\nThe link opens on that day only.`;
  const event = {
    uid: `${id}@sprechzimmer`,
    // Whichever file was made last is the one that counts.
    sequence: Math.floor(now.getTime() / 60_000),
    start: localInstant(day, time, practice.timeZone),
    durationMinutes,
    summary: `${isGerman ? 'Videotermin' : 'Video appointment'}: ${neutralName(session)}`,
    description: isCancelled ? telephone : `${hint}\n${telephone}`,
    ...(isCancelled ? {} : { url }),
    isCancelled,
  };
  return calendarFile(event, now);
}

function dateInWords(day: CalendarDay, language: InvitationLanguage): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(dayAsDate(day));
}

/** No control character, no line break and no half surrogate pair: fit for a mail's header. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const directionControls = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name written from right to left keeps to itself: it turns no date around that stands beside it. */
function personName(name: string): string {
  const plain = oneLine(name.replaceAll(directionControls, ''));
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
