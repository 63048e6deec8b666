import { dayIn, formatDay } from '@sprechzimmer/design/dates.ts';
import type { Language } from '@sprechzimmer/design/i18n.ts';
import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import type { RefusedMessages } from './refused-messages.ts';
import { hourOf } from './appointment-time.ts';
import { messages } from './messages.ts';

/**
 * The sentence for a right code on another day.
 * @param day what the server says, for when the card cannot be opened
 */
export function notTodaySentence(
  t: RefusedMessages,
  language: Language,
  now: Date,
  card: InvitationCard | undefined,
  day: string | undefined,
): { text: string; past: boolean } {
  const known = card?.start.slice(0, 10) ?? day;
  if (known === undefined) return { text: t.notTodayUnknown, past: false };
  const past = known < dayIn(card?.timeZone ?? 'Europe/Berlin', now);
  const words = formatDay(known, language, { year: known.slice(0, 4) !== String(now.getFullYear()) });
  if (!card) return { text: past ? t.notTodayPastDay(words) : t.notTodayFutureDay(words), past };
  const hour = hourOf(card, messages(), language);
  return { text: past ? t.notTodayPast(words, hour) : t.notTodayFuture(words, hour), past };
}
