import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import { appointmentId } from '@sprechzimmer/protocol/ids.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { ApiError, type PracticeClient } from '../api.ts';
import type { PracticeSession } from '../practice/session.ts';
import type { ReadableEntry } from './agenda.ts';
import { addDays, localTime } from './calendar-day.ts';
import { type AppointmentWish, farthestDays } from './form.ts';
import { changedPlan, newPlan } from './from-wish.ts';
import { openEntry, sealPlan } from './record.ts';
import { readable, writtenEntry } from './written.ts';

/**
 * An appointment on its way to the server. It outlives failed attempts: an attempt whose answer was lost may have
 * arrived, and the next one finds out before it sends anything.
 */
export type Draft = {
  readonly id: AppointmentInput['id'];
  /** What the server holds of it, as far as we know; undefined: nothing yet. */
  base: ReadableEntry | undefined;
  unanswered: { input: AppointmentInput; wish: AppointmentWish } | undefined;
};

export function newDraft(): Draft {
  return { id: appointmentId.parse(crypto.randomUUID()), base: undefined, unanswered: undefined };
}

export function draftOf(entry: ReadableEntry): Draft {
  return { id: entry.stored.id, base: entry, unanswered: undefined };
}

/**
 * Books the appointment or changes it.
 * @returns the appointment as it now stands
 * @throws ApiError; the draft is then good for another attempt
 */
export async function saveDraft(
  client: PracticeClient,
  session: PracticeSession,
  draft: Draft,
  wish: AppointmentWish,
): Promise<ReadableEntry> {
  if (draft.unanswered) {
    const arrived = await findArrived(client, session, draft.unanswered.input);
    if (arrived && sameWish(draft.unanswered.wish, wish)) return arrived;
    if (arrived) draft.base = arrived;
    if (arrived || !sameWish(draft.unanswered.wish, wish)) draft.unanswered = undefined;
  }
  const { base } = draft;
  const input = draft.unanswered?.input ?? (await seal(session, draft, wish));
  draft.unanswered = { input, wish };
  try {
    const { version } = base
      ? await client.appointment.reschedule({ ...input, version: base.stored.version })
      : await client.appointment.book(input);
    draft.unanswered = undefined;
    return await writtenEntry(session, input, version, base);
  } catch (error) {
    if (error instanceof ApiError && error.code !== 'OFFLINE' && error.code !== 'INTERNAL') {
      draft.unanswered = undefined;
    }
    throw error;
  }
}

const searchStepDays = 62;

/**
 * The appointment as the server holds it now, wherever it was moved to.
 * @param day where it was
 * @returns undefined when it is gone, or cannot be read here
 * @throws ApiError
 */
export async function findCurrent(
  client: PracticeClient,
  session: PracticeSession,
  { id, day }: { id: AppointmentInput['id']; day: CalendarDay },
): Promise<ReadableEntry | undefined> {
  const today = localTime(new Date(), session.practice.timeZone).day;
  const ranges: [CalendarDay, CalendarDay][] = [[day, day]];
  for (let from = 0; from <= farthestDays; from += searchStepDays) {
    ranges.push([addDays(today, from), addDays(today, from + searchStepDays - 1)]);
  }
  for (const [first, last] of ranges) {
    const { appointments } = await client.appointment.list({ from: first, to: last });
    const stored = appointments.find((each) => each.id === id);
    if (!stored) continue;
    const entry = await openEntry(session, stored);
    return entry.kind === 'readable' ? entry : undefined;
  }
  return undefined;
}

async function seal(
  session: PracticeSession,
  draft: Draft,
  wish: AppointmentWish,
): Promise<AppointmentInput> {
  const { base } = draft;
  const plan = base ? changedPlan(base, wish) : newPlan(session, draft.id, wish);
  return sealPlan(session, plan, base);
}

/** The stored appointment if it is the very one that was sent: its sealed bytes are the same. */
async function findArrived(
  client: PracticeClient,
  session: PracticeSession,
  input: AppointmentInput,
): Promise<ReadableEntry | undefined> {
  const { appointments } = await client.appointment.list({ from: input.day, to: input.day });
  const stored = appointments.find(({ id, sealed }) => id === input.id && sealed === input.sealed);
  return stored && readable(session, stored);
}

function sameWish(a: AppointmentWish, b: AppointmentWish): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
