import { language } from '@sprechzimmer/design/i18n.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';

/** A calendar day with its year, the same everywhere on earth: `3. Mai 2026`. */
export function plainDay(day: CalendarDay): string {
  const locale = language.value === 'de' ? 'de-DE' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
}
