import { dayIn, formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import type { Language } from '@sprechzimmer/design/i18n.ts';
import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import type { Messages } from '../messages.ts';

/**
 * The sentence for a right code on another day.
 * @param day what the server says, for when the card cannot be opened
 */
export function notTodaySentence(
  t: Messages['refused'],
  language: Language,
  now: Date,
  card: InvitationCard | undefined,
  day: string | undefined,
): { text: string; past: boolean } {
  const [cardDay, time] = card?.start.split('T') ?? [];
  const known = cardDay ?? day;
  if (known === undefined) return { text: t.notTodayUnknown, past: false };
  const past = known < dayIn(card?.timeZone ?? 'Europe/Berlin', now);
  const words = formatDay(known, language, { year: known.slice(0, 4) !== String(now.getFullYear()) });
  if (time === undefined) return { text: past ? t.notTodayPastDay(words) : t.notTodayFutureDay(words), past };
  const hour = formatTimeOfDay(time, language);
  return { text: past ? t.notTodayPast(words, hour) : t.notTodayFuture(words, hour), past };
}
