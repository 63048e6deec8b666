import { Button, ButtonLink } from '@sprechzimmer/design/button.tsx';
import { formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { useSignal } from '@preact/signals';
import type { Participant } from '@sprechzimmer/protocol/appointment.ts';
import type { Channel } from '@sprechzimmer/protocol/delivery.ts';
import { Mail, MailCheck, MessageSquareText, Phone } from 'lucide';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { noteSent, sendNow } from '../appointment/change.ts';
import { failureSentence } from '../failure.ts';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { Deliveries } from './deliveries.tsx';
import { mailtoLink, readRecipient } from './mail.ts';
import { invitationMessages } from './messages.ts';
import { readTelephone } from './telephone.ts';
import { factsOf, invitationFile, render, type RenderedText } from './texts.ts';
import { type OpenedEntry, useEntry } from './use-entry.ts';
import { TextPreview } from './way.tsx';

type TellPageProps = { work: Work; entry: ReadableEntry; reason: 'moved' | 'cancelled' };

/** After a move or a cancellation: those who were invited, and the ways to tell them. */
export function TellPage({ work, entry: given, reason }: TellPageProps) {
  const say = invitationMessages().tell;
  const opened = useEntry(work, given);
  const { stored, record } = opened.entry;
  const when = `${formatDay(stored.day, language.value)}, ${formatTimeOfDay(record.time, language.value)}`;
  return (
    <SubPage
      work={work}
      title={reason === 'moved' ? say.moved : say.cancelled}
      lead={reason === 'moved' ? say.movedLead(when) : say.cancelledLead(when)}
    >
      {record.participants.map((participant) => (
        <Told key={participant.invitationId} {...{ work, opened, participant, reason }} />
      ))}
      <Button kind="primary" onClick={work.views.close}>
        {say.done}
      </Button>
    </SubPage>
  );
}

type ToldProps = { work: Work; opened: OpenedEntry; participant: Participant; reason: 'moved' | 'cancelled' };

function Told({ work, opened, participant, reason }: ToldProps) {
  const say = invitationMessages();
  const { session } = work;
  const { entry, change } = opened;
  const { language: spoken, email, telephone, mailOnDay } = participant;
  const facts = factsOf(session, { ...entry.stored, ...entry.record }, participant);
  const notice = render(reason, spoken, session, facts);
  const address = readRecipient(email);
  const number = readTelephone(telephone);
  function note(way: 'mail-program' | 'copied'): void {
    if (reason === 'cancelled') return;
    // The note is a help, not the point: the notice goes out without it.
    change((current) => noteSent(work, current, participant.invitationId, way)).catch(() => undefined);
  }
  return (
    <Card>
      <h2>
        <bdi>{participant.name}</bdi>
      </h2>
      <div class="stack-tight">
        {address && (
          <ButtonLink href={mailtoLink(address, notice)} icon={Mail} onClick={() => note('mail-program')}>
            {say.mail.write}
          </ButtonLink>
        )}
        {telephone && (
          <ButtonLink href={`tel:${number ?? telephone.replaceAll(/[^\d+]/g, '')}`} icon={Phone}>
            {say.tell.call(telephone)}
          </ButtonLink>
        )}
        {!address && !telephone && <p>{say.tell.nobody}</p>}
        {reason === 'moved' && (
          <ServerNotice
            {...{ work, opened, participant }}
            to={{ mail: address, sms: number }}
            notice={
              mailOnDay === 'without-code'
                ? render(reason, spoken, session, { ...facts, code: undefined })
                : notice
            }
          />
        )}
      </div>
      <TextPreview {...notice} language={spoken} onCopied={() => note('copied')} />
      {reason === 'moved' && (
        <>
          <p class="quiet-text">{say.tell.newCode}</p>
          <Button kind="quiet" onClick={() => work.views.open({ kind: 'invitation', entry })}>
            {say.tell.openSheet}
          </Button>
        </>
      )}
    </Card>
  );
}

type ServerNoticeProps = Pick<ToldProps, 'work' | 'opened' | 'participant'> & {
  to: Record<Channel, string | undefined>;
  notice: RenderedText;
};

/** What the server can send, where it can. */
function ServerNotice({ work, opened, participant, to, notice }: ServerNoticeProps) {
  const say = invitationMessages();
  const busy = useSignal<Channel | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  const { session } = work;
  const { entry, change } = opened;
  const { invitationId, language: spoken, code, mailOnDay } = participant;
  const sends = session.view.practice.channels.filter((channel) => to[channel] !== undefined);

  async function send(channel: Channel): Promise<void> {
    busy.value = channel;
    failure.value = undefined;
    const appointment = { ...entry.stored, ...entry.record };
    const sms = render('sms', spoken, session, factsOf(session, appointment, participant));
    const told = mailOnDay === 'without-code' ? undefined : code;
    const message =
      channel === 'sms'
        ? { subject: '', text: sms.text, calendarFile: null }
        : { ...notice, calendarFile: invitationFile(session, appointment, spoken, told) };
    try {
      await change((current) =>
        sendNow(work, current, invitationId, { channel, to: to[channel] ?? '', ...message }),
      );
    } catch (error) {
      failure.value = error;
    }
    busy.value = undefined;
  }
  return (
    <>
      {sends.map((channel) => (
        <div key={channel} class="stack-tight">
          <Button
            icon={channel === 'sms' ? MessageSquareText : MailCheck}
            busy={busy.value === channel ? say.serverMail.sending : undefined}
            onClick={() => void send(channel)}
          >
            {channel === 'sms' ? say.sms.send : say.tell.serverMail}
          </Button>
          <Deliveries entry={entry} participant={participant} channel={channel} />
        </div>
      ))}
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
    </>
  );
}
