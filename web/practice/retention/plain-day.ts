import { language } from '@sprechzimmer/design/i18n.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';

/** A calendar day with its year, the same everywhere on earth: `3. Mai 2026`. */
export function plainDay(day: CalendarDay): string {
  const locale = language.value === 'de' ? 'de-DE' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  // A day is not parted from its month at a line's end.
  return format.format(new Date(day)).replace(' ', '\u00A0');
}
