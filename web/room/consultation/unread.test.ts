import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatEntry } from '@sprechzimmer/call/chat.ts';
import { countUnread } from './unread.ts';

const entry = (id: number, from: ChatEntry['from']): ChatEntry => ({
  id,
  from,
  text: 'Guten Tag',
  at: new Date(0),
});

test('only what the other side wrote since the chat was last open counts as unread', () => {
  const chat = [entry(1, 'other'), entry(2, 'me'), entry(3, 'other'), entry(4, 'other')];
  assert.equal(countUnread(chat, 0), 3);
  assert.equal(countUnread(chat, 1), 2);
  assert.equal(countUnread(chat, 4), 0);
  assert.equal(countUnread([], 0), 0);
});
