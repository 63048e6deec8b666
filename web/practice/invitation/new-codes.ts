import { openEntry, planOf, sealPlan, withNewCodes } from '../appointment/record.ts';
import { writtenEntry } from '../appointment/written.ts';
import { addDays, localTime } from '../appointment/calendar-day.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { farthestDays } from '../appointment/form.ts';
import type { Work } from '../work.ts';

export type NewCodes = { renewed: ReadableEntry[]; failed: ReadableEntry[] };

const searchStepDays = 62;

/** Coming appointments that somebody has a code for, today's among them. @throws ApiError */
export async function comingInvitations({ client, session, clock }: Work): Promise<ReadableEntry[]> {
  const today = localTime(clock.value, session.practice.timeZone).day;
  const found: ReadableEntry[] = [];
  for (let from = 0; from <= farthestDays; from += searchStepDays) {
    const [first, last] = [addDays(today, from), addDays(today, from + searchStepDays - 1)];
    const { appointments } = await client.appointment.list({ from: first, to: last });
    for (const entry of await Promise.all(appointments.map((stored) => openEntry(session, stored)))) {
      if (entry.kind === 'readable' && entry.record.participants.length > 0) found.push(entry);
    }
  }
  return found;
}

/**
 * New codes for all of them, one appointment after the other; the old ones die with each.
 * @param onDone told after each
 */
export async function renewCodes(
  { client, session }: Work,
  entries: ReadableEntry[],
  onDone: (done: number) => void,
): Promise<NewCodes> {
  const result: NewCodes = { renewed: [], failed: [] };
  for (const [index, entry] of entries.entries()) {
    try {
      const input = await sealPlan(session, withNewCodes(planOf(entry)), entry);
      const { version } = await client.appointment.reschedule({ ...input, version: entry.stored.version });
      result.renewed.push(await writtenEntry(session, input, version, entry));
    } catch {
      result.failed.push(entry);
    }
    onDone(index + 1);
  }
  return result;
}
