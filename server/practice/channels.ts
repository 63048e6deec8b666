import type { Channel } from '@sprechzimmer/protocol/delivery.ts';
import type { Config } from '../http/config.ts';

/** What the server can send for a practice: the operator has set it up, and the plan has it. */
export function allowedChannels(
  plan: { server_mail: boolean; sms: boolean },
  config: Pick<Config, 'smtp' | 'sms'>,
): Channel[] {
  const channels: Channel[] = [];
  if (plan.server_mail && config.smtp) channels.push('mail');
  if (plan.sms && config.sms) channels.push('sms');
  return channels;
}
