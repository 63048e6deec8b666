import type { ClientMessage, IceServer, ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import type { Context } from '../http/context.ts';
import type { FindInvitation, FoundInvitation } from '../invitation/find.ts';
import { hostTicketHash } from './host-ticket-hash.ts';

export type Refused = Extract<ServerMessage, { kind: 'refused' }>;
type Join = Extract<ClientMessage, { kind: 'join' }>;
type Host = Extract<ClientMessage, { kind: 'host' }>;

/** `room` is the key of the practitioner's waiting room. */
export type AdmittedGuest = {
  kind: 'guest';
  room: string;
  invitationId: string;
  place: string;
  card: string;
};
export type AdmittedHost = { kind: 'host'; room: string };

/** Who may come in, and where; asked of the database once per join. */
export type Admission = {
  guest(message: Join, address: string): Promise<AdmittedGuest | Refused>;
  host(message: Host): Promise<AdmittedHost | Refused>;
};

export function createAdmission(context: Pick<Context, 'db' | 'now'>, find: FindInvitation): Admission {
  return {
    async guest(message, address) {
      const found = await find(message.locator, address);
      if (found.kind !== 'today') return refusal(found);
      const { invitationId, practiceId, practitionerId, card } = found;
      return {
        kind: 'guest',
        room: roomKey(practiceId, practitionerId),
        invitationId,
        place: message.place,
        card,
      };
    },
    async host(message) {
      const row = await context.db
        .selectFrom('host_ticket')
        .select(['practice_id', 'user_id'])
        .where('ticket_hash', '=', hostTicketHash(message.ticket))
        .where('expires_at', '>', context.now())
        .executeTakeFirst();
      if (!row) return { kind: 'refused', code: 'ticket-invalid' };
      return { kind: 'host', room: roomKey(row.practice_id, row.user_id) };
    },
  };
}

export function iceServersFor(stunUrls: string[]): IceServer[] {
  return stunUrls.length > 0 ? [{ urls: stunUrls }] : [];
}

function refusal(found: Exclude<FoundInvitation, { kind: 'today' }>): Refused {
  switch (found.kind) {
    case 'unknown':
      return { kind: 'refused', code: 'code-unknown' };
    case 'not-today':
      return { kind: 'refused', code: 'not-today', day: found.day, card: found.card };
    case 'too-many-attempts':
      return { kind: 'refused', code: 'too-many-attempts', retryAfterSeconds: found.retryAfterSeconds };
    default:
      return found satisfies never;
  }
}

export function roomKey(practiceId: string, practitionerId: string): string {
  return `${practiceId}/${practitionerId}`;
}
