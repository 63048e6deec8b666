import type { ChatEntry } from '@sprechzimmer/call/chat.ts';

/** How many entries of the other side came after the last one that was on the screen. */
export function countUnread(chat: readonly ChatEntry[], lastSeen: number): number {
  return chat.filter(({ from, id }) => from === 'other' && id > lastSeen).length;
}
