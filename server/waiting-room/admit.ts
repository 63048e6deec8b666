import type { ClientMessage, IceServer, ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import type { Context } from '../http/context.ts';
import type { CodeSearch, FoundHostCode, FoundInvitation } from '../invitation/find.ts';
import { isHostCodeRevoked } from '../invitation/is-host-code-revoked.ts';
import { hostTicketHash } from './host-ticket-hash.ts';

export type Refused = Extract<ServerMessage, { kind: 'refused' }>;
/** What a socket says first. */
export type Greeting = MessageOf<'join' | 'host' | 'host-code'>;
type MessageOf<Kind> = Extract<ClientMessage, { kind: Kind }>;

/** `room` is the key of the practitioner's waiting room. */
export type AdmittedGuest = {
  kind: 'guest';
  room: string;
  invitationId: string;
  appointmentId: string;
  hostCodeIds: string[];
  place: string;
  card: string;
};
export type AdmittedHost = {
  kind: 'host';
  room: string;
  /** Whoever holds one appointment by its host code. */
  code?: { hostCodeId: string; appointmentId: string; card: string };
};

/** Who may come in, and where; asked of the database once per join. */
export type Admission = {
  admit(message: Greeting, address: string): Promise<AdmittedGuest | AdmittedHost | Refused>;
  isHostCodeRevoked(hostCodeId: string): Promise<boolean>;
};

export function createAdmission(context: Pick<Context, 'db' | 'now'>, find: CodeSearch): Admission {
  async function guest(message: MessageOf<'join'>, address: string): Promise<AdmittedGuest | Refused> {
    const found = await find.invitation(message.locator, address);
    if (found.kind !== 'today') return refusal(found);
    const { invitationId, appointmentId, hostCodeIds, practiceId, practitionerId, card } = found;
    const room = roomKey(practiceId, practitionerId);
    return { kind: 'guest', room, invitationId, appointmentId, hostCodeIds, place: message.place, card };
  }

  async function host(message: MessageOf<'host'>): Promise<AdmittedHost | Refused> {
    const row = await context.db
      .selectFrom('host_ticket')
      .select(['practice_id', 'user_id'])
      .where('ticket_hash', '=', hostTicketHash(message.ticket))
      .where('expires_at', '>', context.now())
      .executeTakeFirst();
    if (!row) return { kind: 'refused', code: 'ticket-invalid' };
    return { kind: 'host', room: roomKey(row.practice_id, row.user_id) };
  }

  async function hostByCode(
    message: MessageOf<'host-code'>,
    address: string,
  ): Promise<AdmittedHost | Refused> {
    const found = await find.hostCode(message.locator, address);
    if (found.kind !== 'today') return refusal(found);
    const { hostCodeId, appointmentId, practiceId, practitionerId, card } = found;
    const room = roomKey(practiceId, practitionerId);
    return { kind: 'host', room, code: { hostCodeId, appointmentId, card } };
  }

  return {
    admit(message, address) {
      switch (message.kind) {
        case 'join':
          return guest(message, address);
        case 'host':
          return host(message);
        case 'host-code':
          return hostByCode(message, address);
        default:
          return message satisfies never;
      }
    },
    isHostCodeRevoked: (hostCodeId) => isHostCodeRevoked(context, hostCodeId),
  };
}

export function iceServersFor(stunUrls: string[]): IceServer[] {
  return stunUrls.length > 0 ? [{ urls: stunUrls }] : [];
}

function refusal(found: Exclude<FoundInvitation | FoundHostCode, { kind: 'today' }>): Refused {
  switch (found.kind) {
    case 'unknown':
      return { kind: 'refused', code: 'code-unknown' };
    case 'not-today':
      return { kind: 'refused', code: 'not-today', day: found.day, card: found.card };
    case 'closed-now':
      return { kind: 'refused', code: 'closed-now', day: found.day, card: found.card, hours: found.hours };
    case 'too-many-attempts':
      return { kind: 'refused', code: 'too-many-attempts', retryAfterSeconds: found.retryAfterSeconds };
    default:
      return found satisfies never;
  }
}

export function roomKey(practiceId: string, practitionerId: string): string {
  return `${practiceId}/${practitionerId}`;
}
