import { formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { namesOf, type ReadableEntry } from '../appointment/agenda.ts';
import type { Work } from '../work.ts';
import { calendarMessages } from './messages.ts';

/** `Dr. Erika Sommer hat zu dieser Zeit auch: Herr Beispiel (10:30 Uhr).` */
export function overlapSentence(work: Work, practitionerId: string, others: ReadableEntry[]): string {
  const say = calendarMessages().overlap;
  const practitioner = work.session.userNames.get(practitionerId) ?? work.session.practice.name;
  const named = others.map((other) =>
    say.other(namesOf(other), formatTimeOfDay(other.record.time, language.value)),
  );
  return say.one(practitioner, named.join(', '));
}
