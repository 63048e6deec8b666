import { dayIn, formatClock, formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';

/** An instant where the reader is: `heute, 10:30 Uhr`, or with its day. */
export function formatMoment(at: Date, now = new Date()): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const time = formatTimeOfDay(formatClock(at, language.value), language.value);
  const day = dayIn(zone, at);
  if (day === dayIn(zone, now)) return `${language.value === 'de' ? 'heute' : 'today'}, ${time}`;
  return `${formatDay(day, language.value, { short: true, year: day.slice(0, 4) !== dayIn(zone, now).slice(0, 4) })}, ${time}`;
}
