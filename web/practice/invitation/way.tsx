import { useSignal } from '@preact/signals';
import { Icon, type IconNode } from '@sprechzimmer/design/icon.tsx';
import { State } from '@sprechzimmer/design/notice.tsx';
import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';
import type { Participant, SentWay } from '@sprechzimmer/protocol/appointment.ts';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { formatMoment } from '../moments.ts';
import type { Work } from '../work.ts';
import { CopyButton } from './copyable.tsx';
import { invitationMessages } from './messages.ts';
import type { OpenedEntry } from './use-entry.ts';

/** What every way of inviting one participant works with. */
export type WayProps = {
  work: Work;
  entry: ReadableEntry;
  participant: Participant;
  change: OpenedEntry['change'];
  /** Remembers that the invitation was passed on in this way. */
  note: (way: SentWay) => void;
};

type WayFrame = { icon: IconNode; title: string; children: () => ComponentChildren };

/** One way to invite; it unfolds when it is wanted, and folds the one that was open. */
export function Way({ icon, title, children }: WayFrame) {
  const open = useSignal(false);
  return (
    <details class="way" name="way" onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>
        <Icon node={icon} />
        <span>{title}</span>
      </summary>
      {open.value && <div class="way-body">{children()}</div>}
    </details>
  );
}

/** When the invitation last went this way. */
export function LastSent({ participant, way }: { participant: Participant; way: SentWay }) {
  const last = participant.sent.findLast((one) => one.way === way);
  if (!last) return null;
  return <State tone="good">{invitationMessages().state.sentBy[way](formatMoment(new Date(last.at)))}</State>;
}

type TextPreviewProps = {
  subject: string;
  text: string;
  language: InvitationLanguage;
  /** With this, the text can be copied. */
  onCopied?: () => void;
};

/** The finished text, folded away. */
export function TextPreview({ subject, text, language, onCopied }: TextPreviewProps) {
  const say = invitationMessages().sheet;
  const shown = useRef<HTMLPreElement>(null);
  return (
    <details>
      <summary>{say.preview}</summary>
      <div class="stack-tight">
        <div class="mail-preview" lang={language}>
          {subject && <p class="mail-subject">{subject}</p>}
          <pre ref={shown}>{text}</pre>
        </div>
        {onCopied && (
          <CopyButton
            text={text}
            button={say.copyText}
            copied={say.textCopied}
            shown={() => shown.current}
            onCopied={onCopied}
          />
        )}
      </div>
    </details>
  );
}
