import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';
import type { ConsentProfile } from '@sprechzimmer/protocol/invitation-settings.ts';

/** What participants are asked to consent to; empty when the practice does not ask. */
export function consentText({ asked, texts }: ConsentProfile, language: InvitationLanguage): string {
  const current = texts.at(-1);
  if (!asked || !current) return '';
  return language === 'en' && current.en ? current.en : current.de;
}
