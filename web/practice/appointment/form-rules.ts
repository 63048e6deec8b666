import { maxParticipants } from '@sprechzimmer/protocol/appointment.ts';
import type { Work } from '../work.ts';
import type { FormRules } from './form.ts';

/** What this practice's appointments are judged by now. */
export function formRules({ session, clock }: Work): FormRules {
  const { timeZone, plan, codeHours, channels } = session.view.practice;
  return {
    timeZone,
    now: clock.value,
    codeHours,
    maxParticipants: Math.min(plan.maxParticipants ?? maxParticipants, maxParticipants),
    mailOnDay: channels.includes('mail') ? session.invitationSettings.mailOnDay : 'no',
  };
}
