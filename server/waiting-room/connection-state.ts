import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { HostSeat, Seat } from './rooms.ts';

/** One socket's life, from its opening to its end. */
export type ConnectionState =
  /** `code` is what it is closed with; undefined when the other side was gone first. */
  | { kind: 'closed'; code: number | undefined }
  /** Has not said yet who it is. */
  | { kind: 'fresh' }
  /** Its code or ticket is being looked up. */
  | { kind: 'asking' }
  | { kind: 'waiting'; seat: Seat }
  | { kind: 'hosting'; seat: HostSeat };

export type ConnectionEvent =
  | { kind: 'asked' }
  | { kind: 'seated'; seat: Seat }
  | { kind: 'opened'; seat: HostSeat }
  | { kind: 'frame-came' }
  /** Something that only a host may ask. */
  | { kind: 'host-asked' }
  /** Something that only a participant may ask. */
  | { kind: 'guest-asked' }
  | { kind: 'deadline-passed' }
  | { kind: 'ended'; code: number | undefined };

const outOfOrder: ConnectionState = { kind: 'closed', code: closeCodes.outOfOrder };

export function nextConnectionState(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  if (state.kind === 'closed') return state;
  switch (event.kind) {
    case 'ended':
      return { kind: 'closed', code: event.code };
    case 'deadline-passed':
      return state.kind === 'fresh' ? { kind: 'closed', code: closeCodes.idle } : state;
    case 'asked':
      return state.kind === 'fresh' ? { kind: 'asking' } : outOfOrder;
    case 'seated':
      return state.kind === 'asking' ? { kind: 'waiting', seat: event.seat } : outOfOrder;
    case 'opened':
      return state.kind === 'asking' ? { kind: 'hosting', seat: event.seat } : outOfOrder;
    case 'frame-came':
      return state.kind === 'waiting' || state.kind === 'hosting' ? state : outOfOrder;
    case 'host-asked':
      return state.kind === 'hosting' ? state : outOfOrder;
    case 'guest-asked':
      return state.kind === 'waiting' ? state : outOfOrder;
    default:
      return event satisfies never;
  }
}
