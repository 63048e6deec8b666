import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openCard } from '@sprechzimmer/crypto/card.ts';
import { invitationCard, type InvitationCard } from '@sprechzimmer/protocol/invitation.ts';

/**
 * Opens an invitation's card.
 * @param cardKey base64url, as the place keeps it
 * @param sealed base64url, as the server hands it out
 * @returns undefined for a card that this code does not open: the page then does without it
 */
export async function readCard(cardKey: string, sealed: string): Promise<InvitationCard | undefined> {
  try {
    const parsed = invitationCard.safeParse(await openCard(fromBase64url(cardKey), fromBase64url(sealed)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
