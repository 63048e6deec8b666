import type { Transfer } from '@sprechzimmer/call/files/transfer.ts';
import { messages } from './messages.ts';

export function nameToShow(name: string): string {
  return name || messages().unnamed;
}

/** How a file fares, in a sentence. */
export function describe({ direction, state }: Transfer, otherName: string): string {
  const t = messages();
  const comesIn = direction === 'in';
  switch (state.kind) {
    case 'offered':
      return comesIn ? t.offeredIn(otherName) : t.offeredOut(otherName);
    case 'running':
      return '';
    case 'done':
      return comesIn ? t.doneIn : t.doneOut;
    case 'declined':
      return comesIn ? t.declinedIn : t.declinedOut(otherName);
    case 'cancelled':
      return state.by === 'me' ? t.cancelledByMe : t.cancelledByOther(otherName);
    case 'refused':
      if (state.why === 'too-many') return t.tooMany;
      return comesIn ? t.tooLargeIn : t.tooLargeOut;
    case 'failed':
      return describeFailure(state.why, comesIn);
    default:
      return state satisfies never;
  }
}

type Failure = Extract<Transfer['state'], { kind: 'failed' }>['why'];

function describeFailure(why: Failure, comesIn: boolean): string {
  const t = messages();
  const next = comesIn ? ` ${t.askAgain}` : '';
  switch (why) {
    case 'path-lost':
      return t.pathLost + next;
    case 'damaged':
      return t.damaged + next;
    case 'unreadable':
      return t.unreadable + next;
    case 'no-room':
      return comesIn ? t.noRoomIn : t.noRoomOut;
    case 'cut-off':
      return t.cutOff;
    default:
      return why satisfies never;
  }
}
