import type { ClientMessage, ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import type { Context } from '../http/context.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import type { CodeSearch, FoundHostCode, FoundInvitation } from '../invitation/find.ts';
import { isHostCodeRevoked } from '../invitation/is-host-code-revoked.ts';
import { isInvitationOpen } from '../invitation/is-invitation-open.ts';
import { hostTicketHash } from './host-ticket-hash.ts';
import type { SignallingLimits } from './limits.ts';

export type Refused = Extract<ServerMessage, { kind: 'refused' }>;
/** What a socket says first. */
export type Greeting = MessageOf<'join' | 'host' | 'host-code' | 'test'>;
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

/** Whoever may try out their line, and does not come in. */
export type AdmittedTester = { kind: 'tester'; invitationId: string };
export type Admitted = AdmittedGuest | AdmittedHost | AdmittedTester | Refused;

/** Who may come in, and where; asked of the database once per join. */
export type Admission = {
  admit(message: Greeting, address: string): Promise<Admitted>;
  isHostCodeRevoked(hostCodeId: string): Promise<boolean>;
  isInvitationOpen(invitationId: string): Promise<boolean>;
};

export function createAdmission(
  context: Pick<Context, 'db' | 'now' | 'bus'>,
  find: CodeSearch,
  { maxTestsPerAddressAndMinute }: Pick<SignallingLimits, 'maxTestsPerAddressAndMinute'>,
): Admission {
  const tests = createRateLimit({
    limit: maxTestsPerAddressAndMinute,
    windowMs: 60_000,
    now: context.now,
    shared: { bus: context.bus, topic: 'line tests' },
  });

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

  /** A test may come on any day until the invitation's is over. */
  async function tester(message: MessageOf<'test'>, address: string): Promise<AdmittedTester | Refused> {
    const { allowed, retryAfterSeconds } = tests.check(address);
    if (!allowed) return { kind: 'refused', code: 'too-many-attempts', retryAfterSeconds };
    tests.count(address);
    const found = await find.invitation(message.locator, address);
    const isOver = found.kind === 'not-today' && found.isOver;
    if (isOver || !('invitationId' in found)) return refusal(found);
    return { kind: 'tester', invitationId: found.invitationId };
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
        case 'test':
          return tester(message, address);
        default:
          return message satisfies never;
      }
    },
    isHostCodeRevoked: (hostCodeId) => isHostCodeRevoked(context, hostCodeId),
    isInvitationOpen: (invitationId) => isInvitationOpen(context, invitationId),
  };
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

export function practitionerOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
