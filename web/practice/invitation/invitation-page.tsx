import { useSignal } from '@preact/signals';
import { groupCode } from '@sprechzimmer/crypto/code.ts';
import { Button, ButtonLink } from '@sprechzimmer/design/button.tsx';
import { formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText, Title } from '@sprechzimmer/design/page.tsx';
import type { Participant } from '@sprechzimmer/protocol/appointment.ts';
import { Copy, Mail } from 'lucide';
import { useRef } from 'preact/hooks';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { copyText } from './copy-text.ts';
import { invitationLink, invitationMail, mailtoLink, readEmailAddress } from './mail.ts';

/** The ways in of one appointment, one sheet per participant. */
export function InvitationPage({ work, entry }: { work: Work; entry: ReadableEntry }) {
  const say = messages();
  return (
    <>
      <LiveText>{work.said.value && <Notice tone="good">{work.said.value}</Notice>}</LiveText>
      {entry.record.participants.map((participant, index) => (
        <InvitationSheet
          key={participant.invitationId}
          {...{ work, entry, participant }}
          takesFocus={index === 0}
        />
      ))}
      <Button
        onClick={() => {
          work.say(undefined);
          work.views.close();
        }}
      >
        {say.invitation.done}
      </Button>
    </>
  );
}

type SheetProps = { work: Work; entry: ReadableEntry; participant: Participant; takesFocus: boolean };

function InvitationSheet({ work, entry, participant, takesFocus }: SheetProps) {
  const say = messages().invitation;
  const { session } = work;
  const { day } = entry.stored;
  const { time } = entry.record;
  const mail = invitationMail({
    name: participant.name,
    practice: session.practice.name,
    practitioner: session.userNames.get(entry.stored.practitionerId) ?? session.practice.name,
    telephone: session.practice.telephone,
    day,
    time,
    code: participant.code,
    roomOrigin: session.roomOrigin,
  });
  const address = readEmailAddress(participant.contact);
  return (
    <Card>
      <Title focus={takesFocus}>{say.title(participant.name)}</Title>
      <p>
        {say.when(formatDay(day, language.value), formatTimeOfDay(time, language.value))}. {say.opensOn}
      </p>
      <div class="stack-tight">
        <ButtonLink href={mailtoLink(address, mail)} kind="primary" size="large" wide icon={Mail}>
          {say.mail}
        </ButtonLink>
        <p class="quiet-text">{address ? say.mailTo(address) : say.mailWithoutAddress}</p>
      </div>
      <Copyable
        label={say.link}
        text={invitationLink(session.roomOrigin, participant.code)}
        button={say.copyLink}
        copied={say.linkCopied}
      />
      <Copyable
        label={say.code}
        text={groupCode(participant.code)}
        button={say.copyCode}
        copied={say.codeCopied}
        hint={`${say.dictate} ${session.roomOrigin}`}
        large
      />
      <details>
        <summary>{say.preview}</summary>
        <pre class="mail-preview" lang="de">
          {mail.body}
        </pre>
      </details>
      <p class="quiet-text">{say.mailHelp}</p>
    </Card>
  );
}

type CopyableProps = {
  label: string;
  text: string;
  button: string;
  /** Said once it is copied. */
  copied: string;
  hint?: string;
  large?: boolean;
};

function Copyable({ label, text, button, copied, hint, large = false }: CopyableProps) {
  const say = messages().invitation;
  const shown = useRef<HTMLElement>(null);
  const outcome = useSignal<'copied' | 'refused' | undefined>(undefined);
  async function copy(): Promise<void> {
    outcome.value = (await copyText(text, shown.current)) ? 'copied' : 'refused';
  }
  return (
    <div class="copyable">
      <h2>{label}</h2>
      <code ref={shown} class={large ? 'copyable-text copyable-large' : 'copyable-text'}>
        {text}
      </code>
      {hint && <p class="quiet-text">{hint}</p>}
      <Button icon={Copy} onClick={() => void copy()}>
        {button}
      </Button>
      <LiveText>
        {outcome.value === 'copied' && <Notice tone="good">{copied}</Notice>}
        {outcome.value === 'refused' && <Notice tone="warn">{say.copyRefused}</Notice>}
      </LiveText>
    </div>
  );
}
