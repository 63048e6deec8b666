import type { AppointmentRecord, Participant } from '@sprechzimmer/protocol/appointment.ts';
import type { ParticipantRole } from '@sprechzimmer/protocol/participant-role.ts';
import type { ContactId, InvitationId, UserId } from '@sprechzimmer/protocol/ids.ts';
import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';
import type { CalendarDay, CodeHours } from '@sprechzimmer/protocol/values.ts';
import { isSkipped, localInstant } from '@sprechzimmer/time/local-instant.ts';
import { addDays, isCalendarDay, localTime, minutesOf } from './calendar-day.ts';
import { manyLines, oneLine, type ParticipantProblems, participantProblems } from './participant-problems.ts';

export type MailOnDay = Participant['mailOnDay'];

/** Whom an appointment is made for: what a contact knows of them. */
export type Person = {
  name: string;
  email: string;
  telephone: string;
  language: InvitationLanguage;
  contactId?: ContactId;
};

/** One participant's fields, as typed. */
export type ParticipantForm = Person & {
  /** Tells the fields of one person from another's while they are typed; never sent. */
  key: string;
  /** Absent: somebody new. */
  invitationId?: InvitationId;
  role: ParticipantRole;
  /** Absent: as the practice does it with everybody. */
  mailOnDay?: MailOnDay;
  keepAsContact: boolean;
};

/** What stands in the form's fields, as typed. */
export type AppointmentForm = {
  /** Who holds the consultation; absent where there is no choice. */
  practitionerId?: UserId;
  day: string;
  time: string;
  durationMinutes: string;
  note: string;
  participants: ParticipantForm[];
};

export type ParticipantWish = {
  /** Absent: somebody new, with a code of their own to come. */
  invitationId?: InvitationId;
  name: string;
  email: string;
  telephone: string;
  role: ParticipantRole;
  language: InvitationLanguage;
  mailOnDay: MailOnDay;
};

/** What the form says once it is right. */
export type AppointmentWish = {
  practitionerId?: UserId;
  day: CalendarDay;
  time: string;
  durationMinutes: number;
  note: string;
  participants: ParticipantWish[];
};

export type FormProblem =
  | 'day-missing'
  | 'day-past'
  | 'day-too-far'
  | 'time-missing'
  | 'time-skipped'
  | 'outside-hours'
  | 'duration-wrong'
  | 'past-midnight'
  | 'note-too-long'
  | 'too-many-people';

export type FormProblems = Partial<
  Record<'day' | 'time' | 'durationMinutes' | 'note' | 'people', FormProblem>
> & {
  /** By the participants' keys. */
  participants?: Record<string, ParticipantProblems>;
};

export type FormReading =
  { kind: 'wish'; wish: AppointmentWish } | { kind: 'problems'; problems: FormProblems };

/** What the form is judged by. */
export type FormRules = {
  timeZone: string;
  now: Date;
  /** A past day is right where it is the appointment's already: a note may follow. */
  keptDay?: CalendarDay;
  codeHours: CodeHours;
  /** Of one appointment. */
  maxParticipants: number;
  /** What a participant with an e-mail address gets on the day, unless something else is chosen. */
  mailOnDay: MailOnDay;
};

/** How far ahead the server takes appointments. */
export const farthestDays = 730;
const maxNoteLength = 10_000;
const defaultDurationMinutes = 20;

export function emptyForm(day: CalendarDay, practitionerId?: UserId, person?: Person): AppointmentForm {
  return {
    ...(practitionerId ? { practitionerId } : {}),
    day,
    time: '',
    durationMinutes: String(defaultDurationMinutes),
    note: '',
    participants: [{ ...newParticipant('patient'), ...person }],
  };
}

export function newParticipant(role: ParticipantRole, language: InvitationLanguage = 'de'): ParticipantForm {
  const key = crypto.randomUUID();
  return { key, name: '', email: '', telephone: '', role, language, keepAsContact: false };
}

export function formOf(
  day: CalendarDay,
  record: AppointmentRecord,
  practitionerId?: UserId,
): AppointmentForm {
  return {
    ...(practitionerId ? { practitionerId } : {}),
    day,
    time: record.time,
    durationMinutes: String(record.durationMinutes),
    note: record.note,
    participants: record.participants.map(
      ({ invitationId, name, email, telephone, role, language, mailOnDay }) => {
        const person = { name, email, telephone, role, language, mailOnDay };
        return { key: invitationId, invitationId, ...person, keepAsContact: false };
      },
    ),
  };
}

/** Reads what was typed; every field that is not right is named at once. */
export function readForm(form: AppointmentForm, rules: FormRules): FormReading {
  const wish: AppointmentWish = {
    ...(form.practitionerId ? { practitionerId: form.practitionerId } : {}),
    day: form.day,
    time: form.time,
    durationMinutes: Number(form.durationMinutes),
    note: manyLines(form.note),
    participants: form.participants.map((fields) => participantWish(fields, rules)),
  };
  const found: Record<Exclude<keyof FormProblems, 'participants'>, FormProblem | undefined> = {
    day: dayProblem(wish.day, rules),
    time: timeProblem(wish, rules),
    durationMinutes: durationProblem(wish),
    note: wish.note.length > maxNoteLength ? 'note-too-long' : undefined,
    people: wish.participants.length > rules.maxParticipants ? 'too-many-people' : undefined,
  };
  const problems = present(found) as FormProblems;
  const people = form.participants.map(({ key }, index) => [
    key,
    participantProblems(wish.participants[index]),
  ]);
  const participants = present(Object.fromEntries(people));
  if (Object.keys(participants).length > 0) Object.assign(problems, { participants });
  return Object.keys(problems).length > 0 ? { kind: 'problems', problems } : { kind: 'wish', wish };
}

export function sameForm(a: AppointmentForm, b: AppointmentForm): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof AppointmentForm>;
  return [...fields].every((field) => JSON.stringify(a[field]) === JSON.stringify(b[field]));
}

/**
 * What the clock on the practice's wall shows when it has been put forward past a time that does not exist: 03:30 for
 * 02:30.
 */
export function timeAfterSkip(day: CalendarDay, time: string, timeZone: string): string {
  return localTime(localInstant(day, time, timeZone), timeZone).time;
}

function participantWish(fields: ParticipantForm, rules: FormRules): ParticipantWish {
  const { invitationId, role, language } = fields;
  const email = oneLine(fields.email);
  return {
    ...(invitationId ? { invitationId } : {}),
    name: oneLine(fields.name),
    email,
    telephone: oneLine(fields.telephone),
    role,
    language,
    mailOnDay: email === '' ? 'no' : (fields.mailOnDay ?? rules.mailOnDay),
  };
}

function dayProblem(day: string, { now, timeZone, keptDay }: FormRules): FormProblem | undefined {
  if (!isCalendarDay(day)) return 'day-missing';
  const today = localTime(now, timeZone).day;
  if (day < today && day !== keptDay) return 'day-past';
  return day > addDays(today, farthestDays) ? 'day-too-far' : undefined;
}

function timeProblem(
  { day, time, durationMinutes }: AppointmentWish,
  { timeZone, codeHours }: FormRules,
): FormProblem | undefined {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return 'time-missing';
  if (isCalendarDay(day) && isSkipped(day, time, timeZone)) return 'time-skipped';
  const start = minutesOf(time);
  if (start < minutesOf(codeHours.from) || start >= minutesOf(codeHours.until)) return 'outside-hours';
  const end = start + durationMinutes;
  return codeHours.until !== '24:00' && end > minutesOf(codeHours.until) ? 'outside-hours' : undefined;
}

function durationProblem({ durationMinutes, time }: AppointmentWish): FormProblem | undefined {
  if (!Number.isInteger(durationMinutes) || durationMinutes < 5 || durationMinutes > 480)
    return 'duration-wrong';
  // The code opens on the appointment's day only: nobody could come back in after midnight.
  return minutesOf(time) + durationMinutes > 1440 ? 'past-midnight' : undefined;
}

/** Without what is undefined. */
function present<Value>(fields: Record<string, Value | undefined>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, Value] => field[1] !== undefined),
  );
}
