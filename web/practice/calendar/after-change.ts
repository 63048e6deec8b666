import { formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { restoreAppointment } from '../appointment/change.ts';
import { namesOf, type ReadableEntry } from '../appointment/agenda.ts';
import { failureSentence } from '../failure.ts';
import type { SaidMore, Work } from '../work.ts';
import { findOverlapping } from './find-overlapping.ts';
import { calendarMessages } from './messages.ts';
import { overlapSentence } from './overlap-sentence.ts';
import { sameSlot, slotOf } from './slot.ts';

/** After an appointment was moved: says so, and offers to take it back and to tell those invited. */
export function sayMoved(work: Work, before: ReadableEntry, now: ReadableEntry): void {
  const say = calendarMessages().move;
  changed(work, now);
  const isOtherDay = before.stored.day !== now.stored.day;
  const sentence = (isOtherDay ? say.movedDay : say.moved)(namesOf(now), whenOf(now));
  const offers: SaidMore['offers'] = [
    { label: say.undo, choose: () => void undo(work, before, now, say.undone) },
  ];
  if (isOtherDay) offers.push({ label: say.tell, choose: () => openTell(work, now, 'moved') });
  work.say(sentence, { offers });
  void warn();

  async function warn(): Promise<void> {
    const others = await findOverlapping(work, now).catch(() => []);
    if (others.length === 0 || work.said.peek() !== sentence) return;
    const warning = overlapSentence(work, now.stored.practitionerId, others);
    work.say(`${sentence} ${warning}`, { tone: 'warn', offers });
  }
}

/** Whether it is at another time, or lasts longer or shorter. */
export function isMoved(before: ReadableEntry, now: ReadableEntry): boolean {
  return !sameSlot(slotOf(before), slotOf(now)) || before.stored.practitionerId !== now.stored.practitionerId;
}

/** After an appointment was cancelled: says so, and offers to take it back and to tell those invited. */
export function sayCancelled(work: Work, before: ReadableEntry): void {
  const { move, cancel } = calendarMessages();
  work.calendar.loader.remove(before.stored.id);
  void work.agenda.refresh();
  work.say(cancel.cancelled(namesOf(before)), {
    offers: [
      { label: move.undo, choose: () => void undo(work, before, undefined, cancel.undone) },
      { label: move.tell, choose: () => openTell(work, before, 'cancelled') },
    ],
  });
}

/** The appointment is as it was, and the old codes work again. */
async function undo(
  work: Work,
  before: ReadableEntry,
  now: ReadableEntry | undefined,
  done: (names: string) => string,
): Promise<void> {
  const say = calendarMessages().move;
  work.say(undefined);
  try {
    changed(work, await restoreAppointment(work, before, now));
    work.say(done(namesOf(before)));
  } catch (error) {
    const again = { label: say.again, choose: () => void undo(work, before, now, done) };
    work.say(`${say.undoFailed} ${failureSentence(error)}`, { tone: 'bad', offers: [again] });
  }
}

function openTell(work: Work, entry: ReadableEntry, reason: 'moved' | 'cancelled'): void {
  work.say(undefined);
  work.views.open({ kind: 'tell', entry, reason });
}

/** An appointment stands differently now: it is shown so everywhere. */
export function changed(work: Work, entry: ReadableEntry): void {
  work.calendar.loader.put(entry);
  const view = work.views.current.peek();
  if (view.kind === 'appointment' && view.entry.stored.id === entry.stored.id) {
    work.views.open({ kind: 'appointment', entry });
  }
  work.agenda.put(entry);
  void work.agenda.refresh();
}

/** `Donnerstag, 26. November, 10:30 Uhr` */
export function whenOf({ stored, record }: ReadableEntry): string {
  return `${formatDay(stored.day, language.value)}, ${formatTimeOfDay(record.time, language.value)}`;
}
