/** How a file fares on its way from one person to one other. */
export type TransferState =
  | { kind: 'offered' }
  | { kind: 'running'; bytes: number }
  /** `content` is what was received. */
  | { kind: 'done'; content?: Blob }
  | { kind: 'declined' }
  | { kind: 'cancelled'; by: 'me' | 'other' }
  | { kind: 'refused'; why: 'too-large' | 'too-many' }
  | { kind: 'failed'; why: 'path-lost' | 'damaged' | 'unreadable' | 'no-room' | 'cut-off' };

export type TransferEvent =
  | { kind: 'accepted' }
  | { kind: 'moved'; bytes: number }
  | { kind: 'received'; content?: Blob }
  | Exclude<TransferState, { kind: 'offered' | 'running' | 'done' }>;

export type Transfer = {
  /** Unique within this page. */
  readonly key: string;
  readonly direction: 'in' | 'out';
  readonly peerId: string;
  /** Safe to show and to save under. */
  readonly name: string;
  readonly size: number;
  /** The photo that was asked for. */
  readonly photo: boolean;
  readonly state: TransferState;
};

export function isOpen({ kind }: TransferState): boolean {
  return kind === 'offered' || kind === 'running';
}

/** Whatever has come to an end stays so. */
export function transferTransition(state: TransferState, event: TransferEvent): TransferState {
  if (!isOpen(state)) return state;
  switch (event.kind) {
    case 'accepted':
      return state.kind === 'offered' ? { kind: 'running', bytes: 0 } : state;
    case 'moved':
      return state.kind === 'running' && event.bytes > state.bytes
        ? { kind: 'running', bytes: event.bytes }
        : state;
    case 'received':
      if (state.kind !== 'running') return state;
      return event.content ? { kind: 'done', content: event.content } : { kind: 'done' };
    case 'declined':
      return state.kind === 'offered' ? event : state;
    case 'cancelled':
    case 'refused':
    case 'failed':
      return event;
    default:
      return event satisfies never;
  }
}
