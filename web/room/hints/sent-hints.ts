import { signal } from '@preact/signals';
import type { HostRoom } from '@sprechzimmer/call/host-room.ts';
import type { Hint } from '@sprechzimmer/protocol/side-message.ts';

/** sent: on its way. shown: their page has said that it is on the screen. failed: it could not be sent. */
type SentHint = { hint: Hint; state: 'sent' | 'shown' | 'failed' };

/** The last hint to each, by the id of their invitation. */
export const sentHints = signal<ReadonlyMap<string, SentHint>>(new Map());

/** @param send false when the message could not be sent */
export function sendHint(id: string, hint: Hint | null, send: (hint: Hint | null) => boolean): void {
  const isSent = send(hint);
  change(id, hint === null ? undefined : { hint, state: isSent ? 'sent' : 'failed' });
}

/** For as long as the room is open. What a page showed is forgotten with it. */
export function followHints(room: HostRoom): void {
  room.talk.hear('hint-shown', ({ hint }, { id }) => {
    if (sentHints.value.get(id)?.hint === hint) change(id, { hint, state: 'shown' });
  });
  room.onChange(() => {
    if (room.state.kind !== 'open') return;
    for (const { invitationId, link } of room.state.participants)
      if (link !== 'ready' && sentHints.value.has(invitationId)) change(invitationId, undefined);
  });
}

function change(id: string, sent: SentHint | undefined): void {
  const next = new Map(sentHints.value);
  if (sent) next.set(id, sent);
  else next.delete(id);
  sentHints.value = next;
}
