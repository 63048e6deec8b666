import type { MembershipErrorCode } from '@sprechzimmer/membership/membership-error.ts';
import type { StoredDevice } from './device/key-store.ts';
import type { Work } from './work.ts';

/** Where this browser stands with its practice. */
export type AppState =
  | { kind: 'starting' }
  | { kind: 'storage-blocked' }
  | { kind: 'no-device'; lost: boolean }
  | { kind: 'registering' }
  | { kind: 'joining' }
  | { kind: 'recovering' }
  | { kind: 'unreachable'; device: StoredDevice }
  | { kind: 'key-mismatch' }
  /** The log of who belongs to the practice is not to be believed: nothing is shown, nothing is sent. */
  | { kind: 'alarm'; code: MembershipErrorCode }
  /** `work` is what was open when the session ended by itself: it is there again after sign-in. */
  | {
      kind: 'signed-out';
      device: StoredDevice;
      reason: 'first' | 'left' | 'ended' | 'unlock-failed';
      work: Work | undefined;
    }
  | { kind: 'signed-in'; device: StoredDevice; work: Work }
  /** The session lives, and gives nothing before the password is typed. */
  | { kind: 'locked'; device: StoredDevice; attemptsLeft: number | undefined };

export type AppEvent =
  | { kind: 'storage-refused' }
  | { kind: 'device-missing'; lost: boolean }
  | { kind: 'register' }
  | { kind: 'join' }
  | { kind: 'recover' }
  | { kind: 'server-silent'; device: StoredDevice }
  | { kind: 'not-signed-in'; device: StoredDevice }
  | { kind: 'keys-refused' }
  | { kind: 'alarmed'; code: MembershipErrorCode }
  | { kind: 'signed-in'; device: StoredDevice; work: Work }
  | { kind: 'session-ended' }
  | { kind: 'locked'; device: StoredDevice }
  | { kind: 'leaving' }
  | { kind: 'unlock-refused'; attemptsLeft: number | undefined }
  | { kind: 'left' };

/** The only place where the app's state changes. */
export function nextState(state: AppState, event: AppEvent): AppState {
  switch (event.kind) {
    case 'storage-refused':
      return { kind: 'storage-blocked' };
    case 'device-missing':
      return { kind: 'no-device', lost: event.lost };
    case 'register':
      return { kind: 'registering' };
    case 'join':
      return { kind: 'joining' };
    case 'recover':
      return { kind: 'recovering' };
    case 'server-silent':
      return { kind: 'unreachable', device: event.device };
    case 'not-signed-in':
      return { kind: 'signed-out', device: event.device, reason: 'first', work: undefined };
    case 'keys-refused':
      return { kind: 'key-mismatch' };
    case 'alarmed':
      return { kind: 'alarm', code: event.code };
    case 'signed-in':
      return { kind: 'signed-in', device: event.device, work: event.work };
    case 'locked':
      return { kind: 'locked', device: event.device, attemptsLeft: undefined };
    case 'leaving':
      return { kind: 'starting' };
    case 'unlock-refused':
      return state.kind === 'locked' ? { ...state, attemptsLeft: event.attemptsLeft } : state;
    case 'session-ended':
      if (state.kind === 'locked') {
        const reason = state.attemptsLeft === 1 ? 'unlock-failed' : 'ended';
        return { kind: 'signed-out', device: state.device, reason, work: undefined };
      }
      if (state.kind !== 'signed-in') return state;
      return { kind: 'signed-out', device: state.device, reason: 'ended', work: state.work };
    case 'left':
      if (state.kind !== 'signed-in' && state.kind !== 'locked') return state;
      return { kind: 'signed-out', device: state.device, reason: 'left', work: undefined };
    default:
      return event satisfies never;
  }
}
