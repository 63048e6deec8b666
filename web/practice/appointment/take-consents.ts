import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openConsent } from '@sprechzimmer/crypto/consent.ts';
import type { Consent, InvitationTrace, Participant } from '@sprechzimmer/protocol/appointment.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { type ConsentAnswer, consentAnswer } from '@sprechzimmer/protocol/invitation.ts';
import type { Work } from '../work.ts';
import type { Entry, ReadableEntry } from './agenda.ts';
import { recordConsents } from './change.ts';

/**
 * Takes what participants have answered into the appointments' records. What cannot be written now is there again with
 * the next answer of the server.
 * @throws ApiError
 */
export async function takeConsents(work: Work, entries: Entry[]): Promise<void> {
  for (const entry of entries) {
    if (entry.kind === 'readable') await takeAnswers(work, entry);
  }
}

async function takeAnswers(work: Work, entry: ReadableEntry): Promise<void> {
  const consents = new Map<InvitationId, Consent>();
  const answers = entry.stored.invitations.flatMap(({ consent }) => consent ?? []);
  if (answers.length === 0) return;
  for (const trace of entry.stored.invitations) {
    const participant = entry.record.participants.find(({ invitationId }) => invitationId === trace.id);
    const answer = participant && (await openAnswer(participant, trace));
    const consent = answer && consentAfter(participant.consent, answer);
    if (consent) consents.set(trace.id, consent);
  }
  await recordConsents(work, entry, consents, answers);
}

/** @returns undefined for what this participant's page cannot have written */
async function openAnswer(
  { invitationId, psk }: Participant,
  { consent }: InvitationTrace,
): Promise<ConsentAnswer | undefined> {
  if (consent === null) return undefined;
  try {
    const opened = await openConsent(fromBase64url(psk), fromBase64url(consent));
    const answer = consentAnswer.safeParse(opened);
    return answer.success && answer.data.invitationId === invitationId ? answer.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The record after an answer. One that is no newer than what is recorded changes nothing: a server could show an old one
 * again.
 * @returns undefined when it stays as it is
 */
export function consentAfter(before: Consent | null, answer: ConsentAnswer): Consent | undefined {
  const recordedAt = before ? (before.revokedAt ?? before.givenAt) : '';
  if (answer.at <= recordedAt) return undefined;
  const { at: givenAt, textHash } = answer;
  if (answer.given) return { givenAt, revokedAt: null, by: 'participant', textHash };
  return before && before.revokedAt === null ? { ...before, revokedAt: answer.at } : undefined;
}
