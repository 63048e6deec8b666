import { maxParticipants } from '@sprechzimmer/protocol/appointment.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { Work } from '../work.ts';
import type { FormRules } from './form.ts';

/**
 * What this practice's appointments are judged by now.
 * @param keptDay of the appointment that is being changed
 */
export function formRules({ session, clock }: Work, keptDay?: CalendarDay): FormRules {
  const { timeZone, plan, codeHours, channels } = session.view.practice;
  return {
    timeZone,
    now: clock.value,
    ...(keptDay ? { keptDay } : {}),
    codeHours,
    maxParticipants: Math.min(plan.maxParticipants ?? maxParticipants, maxParticipants),
    mailOnDay: channels.includes('mail') ? session.invitationSettings.mailOnDay : 'no',
  };
}
