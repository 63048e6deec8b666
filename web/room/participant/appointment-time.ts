import { dayIn, formatDay, formatTimeOfDay, timeOfDayIn } from '@sprechzimmer/design/dates.ts';
import type { Language } from '@sprechzimmer/design/i18n.ts';
import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';
import type { Messages } from './messages.ts';

type Appointment = Pick<InvitationCard, 'start' | 'timeZone'>;

/** The instant of an appointment. */
export function startOf({ start, timeZone }: Appointment): Date {
  const [day = '', time = ''] = start.split('T');
  return localInstant(day, time, timeZone);
}

/**
 * The appointment's hour on the practice's clock; for whoever's own clock shows something else, that as well, with its
 * day when it is another: `10:30 Uhr (bei Ihnen 4:30 Uhr)`.
 * @param zone of the reader
 */
export function hourOf(
  appointment: Appointment,
  t: Messages,
  language: Language,
  zone = Intl.DateTimeFormat().resolvedOptions().timeZone,
): string {
  const [day = '', time = ''] = appointment.start.split('T');
  const at = startOf(appointment);
  const [ownDay, ownTime] = [dayIn(zone, at), timeOfDayIn(zone, at)];
  const hour = formatTimeOfDay(time, language);
  if (ownDay === day && ownTime === time) return hour;
  const own = formatTimeOfDay(ownTime, language);
  return `${hour} ${t.yourTime(ownDay === day ? own : `${formatDay(ownDay, language)}, ${own}`)}`;
}
