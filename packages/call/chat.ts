/** One line of the chat. It lives in the page and nowhere else. */
export type ChatEntry = {
  id: number;
  from: 'me' | 'other';
  /** Whose it is where there are several others. */
  name?: string | undefined;
  text: string;
  at: Date;
};

/** @returns the chat with one more entry; the oldest go beyond 500 */
export function withEntry(
  chat: readonly ChatEntry[],
  from: ChatEntry['from'],
  text: string,
  name?: string,
): readonly ChatEntry[] {
  const id = (chat.at(-1)?.id ?? 0) + 1;
  return [...chat, { id, from, name, text, at: new Date() }].slice(-500);
}
