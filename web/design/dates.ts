import type { Language } from './i18n.ts';

const locales = { de: 'de-DE', en: 'en-GB' } as const satisfies Record<Language, string>;

/**
 * A calendar day in words: `Donnerstag, 26. November`.
 * @param day `YYYY-MM-DD`
 */
export function formatDay(
  day: string,
  language: Language,
  options: { year?: boolean; short?: boolean } = {},
): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone: 'UTC',
    weekday: options.short ? 'short' : 'long',
    day: 'numeric',
    month: options.short ? 'short' : 'long',
    ...(options.year ? { year: 'numeric' } : {}),
  }).format(new Date(`${day}T12:00:00Z`));
}

/**
 * A time of day as one says it: `10:30 Uhr`, `10:30`.
 * @param time `HH:MM`
 */
export function formatTimeOfDay(time: string, language: Language): string {
  const plain = time.replace(/^0(?=\d)/, '');
  return language === 'de' ? `${plain} Uhr` : plain;
}

/** The time of day of an instant where the reader is: `10:30`. */
export function formatClock(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}

/** The time of day of an instant in a time zone, `HH:MM`. */
export function timeOfDayIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
}
