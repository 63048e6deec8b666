import { sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealCard } from '@sprechzimmer/crypto/card.ts';
import { generateCode } from '@sprechzimmer/crypto/code.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import type { Participant } from '@sprechzimmer/protocol/appointment.ts';
import { invitationId } from '@sprechzimmer/protocol/ids.ts';
import type { InvitationCard, InvitationIssue } from '@sprechzimmer/protocol/invitation.ts';

/** A participant with a way in: the half for the sealed record, and the half that the server gets. */
export type Issued = { participant: Participant; issue: InvitationIssue };

/** A new code, unknown to anyone but this practice. */
export async function issueInvitation(
  person: Pick<Participant, 'name' | 'contact'>,
  card: InvitationCard,
  roomOrigin: string,
): Promise<Issued> {
  return issueWithCode(
    { ...person, invitationId: newInvitationId(), code: generateCode() },
    card,
    roomOrigin,
  );
}

/** The same code with a new card: what was sent to the participant stays good. */
export async function issueWithCode(
  person: Pick<Participant, 'name' | 'contact' | 'code' | 'invitationId'>,
  card: InvitationCard,
  roomOrigin: string,
): Promise<Issued> {
  const { locator, psk, cardKey } = await deriveSecrets(person.code, 'invitation', roomOrigin);
  const [locatorHash, sealedCard] = await Promise.all([sha256(locator), sealCard(cardKey, card)]);
  const { name, contact, code } = person;
  return {
    participant: {
      invitationId: person.invitationId,
      name,
      contact,
      code,
      locator: toBase64url(locator),
      psk: toBase64url(psk),
    },
    issue: {
      id: person.invitationId,
      locatorHash: toBase64url(locatorHash),
      card: toBase64url(sealedCard),
    },
  };
}

function newInvitationId() {
  return invitationId.parse(crypto.randomUUID());
}
