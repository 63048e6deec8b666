import type { AppointmentRecord } from '@sprechzimmer/protocol/appointment.ts';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { addDays, isCalendarDay, localTime, minutesOf } from './calendar-day.ts';

/** What stands in the form's fields, as typed. */
export type AppointmentForm = {
  /** Who holds the consultation; absent where there is no choice. */
  practitionerId?: UserId;
  day: string;
  time: string;
  durationMinutes: string;
  name: string;
  contact: string;
  note: string;
};

/** What the form says once it is right. */
export type AppointmentWish = {
  practitionerId?: UserId;
  day: CalendarDay;
  time: string;
  durationMinutes: number;
  name: string;
  contact: string;
  note: string;
};

export type FormProblem =
  | 'day-missing'
  | 'day-past'
  | 'day-too-far'
  | 'time-missing'
  | 'duration-wrong'
  | 'past-midnight'
  | 'name-missing'
  | 'name-too-long'
  | 'contact-too-long'
  | 'note-too-long';
export type FormProblems = Partial<Record<keyof AppointmentForm, FormProblem>>;

export type FormReading =
  { kind: 'wish'; wish: AppointmentWish } | { kind: 'problems'; problems: FormProblems };

/** How far ahead the server takes appointments. */
export const farthestDays = 730;
const maxNoteLength = 10_000;
const maxNameLength = 200;
const defaultDurationMinutes = 20;

export function emptyForm(day: CalendarDay, practitionerId?: UserId): AppointmentForm {
  const durationMinutes = String(defaultDurationMinutes);
  const chosen = practitionerId ? { practitionerId } : {};
  return { day, time: '', durationMinutes, name: '', contact: '', note: '', ...chosen };
}

export function formOf(
  day: CalendarDay,
  record: AppointmentRecord,
  practitionerId?: UserId,
): AppointmentForm {
  const [person] = record.participants;
  return {
    ...(practitionerId ? { practitionerId } : {}),
    day,
    time: record.time,
    durationMinutes: String(record.durationMinutes),
    name: person?.name ?? '',
    contact: person?.contact ?? '',
    note: record.note,
  };
}

/** Reads what was typed; every field that is not right is named at once. */
export function readForm(form: AppointmentForm, timeZone: string, now: Date): FormReading {
  const today = localTime(now, timeZone).day;
  const wish: AppointmentWish = {
    ...(form.practitionerId ? { practitionerId: form.practitionerId } : {}),
    day: form.day,
    time: form.time,
    durationMinutes: Number(form.durationMinutes),
    name: oneLine(form.name),
    contact: oneLine(form.contact),
    note: form.note.trim(),
  };
  const found: Record<Exclude<keyof AppointmentForm, 'practitionerId'>, FormProblem | undefined> = {
    day: dayProblem(wish.day, today),
    time: timeProblem(wish.time),
    durationMinutes: durationProblem(wish),
    name: nameProblem(wish.name),
    contact: wish.contact.length > maxNameLength ? 'contact-too-long' : undefined,
    note: wish.note.length > maxNoteLength ? 'note-too-long' : undefined,
  };
  const problems = Object.fromEntries(Object.entries(found).filter(([, problem]) => problem)) as FormProblems;
  return Object.keys(problems).length > 0 ? { kind: 'problems', problems } : { kind: 'wish', wish };
}

export function sameForm(a: AppointmentForm, b: AppointmentForm): boolean {
  return (Object.keys(a) as (keyof AppointmentForm)[]).every((field) => a[field] === b[field]);
}

function dayProblem(day: string, today: CalendarDay): FormProblem | undefined {
  if (!isCalendarDay(day)) return 'day-missing';
  if (day < today) return 'day-past';
  return day > addDays(today, farthestDays) ? 'day-too-far' : undefined;
}

function timeProblem(time: string): FormProblem | undefined {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? undefined : 'time-missing';
}

function durationProblem(wish: AppointmentWish): FormProblem | undefined {
  const { durationMinutes, time } = wish;
  if (!Number.isInteger(durationMinutes) || durationMinutes < 5 || durationMinutes > 480)
    return 'duration-wrong';
  // The code opens on the appointment's day only: nobody could come back in after midnight.
  return minutesOf(time) + durationMinutes > 1440 ? 'past-midnight' : undefined;
}

function nameProblem(name: string): FormProblem | undefined {
  if (name === '') return 'name-missing';
  return name.length > maxNameLength ? 'name-too-long' : undefined;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}
