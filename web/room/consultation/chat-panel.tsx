import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { SendHorizontal } from 'lucide';
import type { ChatEntry } from '@sprechzimmer/call/chat.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextArea } from '@sprechzimmer/design/fields.tsx';
import { formatClock } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { maxChatLength } from '@sprechzimmer/protocol/consultation.ts';
import { messages } from '../messages.ts';
import type { TextPart } from './linkify.ts';
import { useLoaded } from '../use-loaded.ts';
import { Panel } from './panel.tsx';

type ChatPanelProps = {
  chat: readonly ChatEntry[];
  otherName: string;
  /** What was typed outlives the panel being closed. */
  draft: string;
  onDraft: (text: string) => void;
  onSend: (text: string) => boolean;
  onClose: () => void;
};

/** Written words beside the picture. Text only, and kept nowhere. */
export function ChatPanel({ chat, otherName, draft, onDraft, onSend, onClose }: ChatPanelProps) {
  const t = messages().chat;
  const [notSent, setNotSent] = useState(false);
  const entries = useRef<HTMLOListElement>(null);
  useEffect(() => entries.current?.lastElementChild?.scrollIntoView({ block: 'nearest' }), [chat]);

  function send() {
    const text = draft.trim();
    if (text === '') return;
    const sent = onSend(text);
    setNotSent(!sent);
    if (sent) onDraft('');
  }

  return (
    <Panel title={t.title} closeLabel={t.close} onClose={onClose}>
      <div class="chat-entries" role="log" tabIndex={0} aria-label={t.title}>
        {chat.length === 0 && <p class="quiet-text">{t.empty}</p>}
        <ol ref={entries}>
          {chat.map((entry) => (
            <Entry
              key={entry.id}
              entry={entry}
              name={entry.from === 'me' ? t.you : (entry.name ?? otherName)}
            />
          ))}
        </ol>
      </div>
      <form
        class="chat-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextArea
          label={t.message}
          rows={2}
          maxLength={maxChatLength}
          problem={notSent ? t.notSent : undefined}
          value={draft}
          onInput={onDraft}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <Button kind="secondary" type="submit" icon={SendHorizontal}>
          {t.send}
        </Button>
      </form>
    </Panel>
  );
}

/** Made once: what is already there costs nothing when the next one comes, however many there are. */
function Entry({ entry, name }: { entry: ChatEntry; name: string }) {
  const spoken = language.value;
  return useMemo(
    () => (
      <li class={`chat-entry chat-entry-${entry.from}`}>
        <p class="chat-entry-head">
          <bdi>{name}</bdi>, {formatClock(entry.at, spoken)}
        </p>
        <p class="chat-entry-text" dir="auto">
          {mayHoldLink.test(entry.text) ? <WithLinks text={entry.text} /> : entry.text}
        </p>
      </li>
    ),
    [entry, name, spoken],
  );
}

const mayHoldLink = /https?:|mailto:|tel:/i;
const loadLinks = () => import('./linkify.ts');

/** Links come with the first text that may hold one; until then it is plain. */
function WithLinks({ text }: { text: string }) {
  const loaded = useLoaded(loadLinks);
  const parts: TextPart[] = loaded?.linkify(text) ?? [{ text }];
  return parts.map((part) =>
    part.href ? (
      <a href={part.href} dir="ltr" target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    ) : (
      part.text
    ),
  );
}
