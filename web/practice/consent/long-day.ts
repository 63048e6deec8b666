import { language } from '@sprechzimmer/design/i18n.ts';

/** The day of an instant where the reader is: `12. November 2026`. */
export function longDay(instant: string): string {
  const locale = language.value === 'de' ? 'de-DE' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(instant));
}
