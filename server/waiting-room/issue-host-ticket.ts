import { randomBytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { Role } from '@sprechzimmer/protocol/membership.ts';
import type { HostTicket } from '@sprechzimmer/protocol/waiting-room.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { endOfDayIn } from './end-of-day.ts';
import { hostTicketHash } from './host-ticket-hash.ts';

const minLifetimeMs = 3_600_000;

/**
 * A ticket for the practitioner's end of the waiting room, good until the practice's calendar day is over, and for an
 * hour at least. Only its hash is stored. Earlier tickets stay good: the room window may outlive the practice app's page.
 * @throws FORBIDDEN for an assistant: they do everything but hold a consultation
 */
export async function issueHostTicket(
  context: Pick<Context, 'db' | 'now'>,
  practitioner: { practiceId: string; userId: string; timeZone: string; role: Role },
): Promise<HostTicket> {
  if (practitioner.role !== 'practitioner') throw refusal('FORBIDDEN');
  const now = context.now();
  const expiresAtMs = Math.max(
    endOfDayIn(practitioner.timeZone, now).getTime(),
    now.getTime() + minLifetimeMs,
  );
  const expiresAt = new Date(expiresAtMs);
  const ticket = toBase64url(randomBytes(32));
  await context.db
    .insertInto('host_ticket')
    .values({
      ticket_hash: hostTicketHash(ticket),
      practice_id: practitioner.practiceId,
      user_id: practitioner.userId,
      expires_at: expiresAt,
    })
    .execute();
  return { ticket, expiresAt: expiresAt.toISOString() };
}
