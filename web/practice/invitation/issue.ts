import { fromBase64url, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealCard } from '@sprechzimmer/crypto/card.ts';
import { generateCode } from '@sprechzimmer/crypto/code.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import type { HostCode, Invitee, Participant } from '@sprechzimmer/protocol/appointment.ts';
import { hostCodeId, invitationId } from '@sprechzimmer/protocol/ids.ts';
import type {
  HostCard,
  HostCodeIssue,
  InvitationCard,
  InvitationIssue,
} from '@sprechzimmer/protocol/invitation.ts';

/** A new code for someone, unknown to anyone but this practice. */
export async function newInvitation(invitee: Invitee, roomOrigin: string): Promise<Participant> {
  const code = generateCode();
  const { locator, psk, cardKey } = await deriveSecrets(code, 'invitation', roomOrigin);
  return {
    ...invitee,
    invitationId: invitationId.parse(crypto.randomUUID()),
    code,
    locator: toBase64url(locator),
    psk: toBase64url(psk),
    cardKey: toBase64url(cardKey),
  };
}

/** What the server gets of a participant: the card, sealed anew, under the code that they have. */
export async function issueInvitation(
  participant: Participant,
  card: InvitationCard,
  roomOrigin: string,
): Promise<InvitationIssue> {
  const cardKey = participant.cardKey
    ? fromBase64url(participant.cardKey)
    : (await deriveSecrets(participant.code, 'invitation', roomOrigin)).cardKey;
  const [locatorHash, sealed] = await Promise.all([
    sha256(fromBase64url(participant.locator)),
    sealCard(cardKey, card),
  ]);
  return { id: participant.invitationId, locatorHash: toBase64url(locatorHash), card: toBase64url(sealed) };
}

/** A new code that opens the host's end of one appointment. */
export async function newHostCode(roomOrigin: string): Promise<HostCode> {
  const code = generateCode();
  const { locator, cardKey } = await deriveSecrets(code, 'host', roomOrigin);
  return {
    id: hostCodeId.parse(crypto.randomUUID()),
    code,
    locator: toBase64url(locator),
    cardKey: toBase64url(cardKey),
    createdAt: new Date().toISOString(),
  };
}

export async function issueHostCode(
  { id, locator, cardKey }: HostCode,
  card: HostCard,
): Promise<HostCodeIssue> {
  const [locatorHash, sealed] = await Promise.all([
    sha256(fromBase64url(locator)),
    sealCard(fromBase64url(cardKey), card),
  ]);
  return { id, locatorHash: toBase64url(locatorHash), card: toBase64url(sealed) };
}
