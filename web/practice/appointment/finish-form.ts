import { changed, isMoved, sayMoved } from '../calendar/after-change.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { namesOf, type ReadableEntry } from './agenda.ts';

/** After the form: says what was done, and goes on to the invitation wherever somebody has a new code. */
export function finishForm(work: Work, saved: ReadableEntry, before: ReadableEntry | undefined): void {
  changed(work, saved);
  if (before && isMoved(before, saved)) sayMoved(work, before, saved);
  else work.say(messages().today.saved(namesOf(saved)));
  const known = new Set(before?.record.participants.map(({ code }) => code));
  if (saved.record.participants.every(({ code }) => known.has(code))) work.views.close();
  else work.views.open({ kind: 'invitation', entry: saved });
}
