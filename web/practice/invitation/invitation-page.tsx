import { useSignal } from '@preact/signals';
import { groupCode } from '@sprechzimmer/crypto/code.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice, State } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import type { Participant, SentWay } from '@sprechzimmer/protocol/appointment.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { localTime } from '../appointment/calendar-day.ts';
import { noteSent } from '../appointment/change.ts';
import { ConsentState } from '../consent/consent-state.tsx';
import { failureSentence } from '../failure.ts';
import { Said } from '../said.tsx';
import type { Work } from '../work.ts';
import { CalendarWay } from './calendar-way.tsx';
import { Copyable } from './copyable.tsx';
import { HostCodes } from './host-codes.tsx';
import { invitationState } from './invitation-state.ts';
import { LetterWay } from './letter-way.tsx';
import { invitationLink } from './mail.ts';
import { MailWay } from './mail-way.tsx';
import { invitationMessages } from './messages.ts';
import { ReadAloudWay } from './read-aloud-way.tsx';
import { ServerMailWay } from './server-mail-way.tsx';
import { SmsWay } from './sms-way.tsx';
import { type OpenedEntry, useEntry } from './use-entry.ts';
import type { WayProps } from './way.tsx';

/** The ways in of one appointment, one sheet per participant. */
export function InvitationPage({ work, entry: given }: { work: Work; entry: ReadableEntry }) {
  const say = invitationMessages().sheet;
  const opened = useEntry(work, given);
  const { entry } = opened;
  const today = localTime(work.clock.value, work.session.practice.timeZone).day;
  const isPast = entry.stored.day < today;
  return (
    <>
      <Said work={work} />
      {entry.record.participants.map((participant, index) => (
        <InvitationSheet
          key={participant.invitationId}
          {...{ work, opened, participant, isPast }}
          takesFocus={index === 0}
        />
      ))}
      <Button
        onClick={() => {
          work.say(undefined);
          work.views.close();
        }}
      >
        {say.done}
      </Button>
      {!isPast && <HostCodes work={work} opened={opened} />}
    </>
  );
}

type SheetProps = {
  work: Work;
  opened: OpenedEntry;
  participant: Participant;
  isPast: boolean;
  takesFocus: boolean;
};

function InvitationSheet({ work, opened, participant, isPast, takesFocus }: SheetProps) {
  const say = invitationMessages().sheet;
  const failure = useSignal<unknown>(undefined);
  const { entry, change } = opened;
  const { day } = entry.stored;
  const when = say.when(formatDay(day, language.value), formatTimeOfDay(entry.record.time, language.value));
  async function note(way: SentWay): Promise<void> {
    failure.value = undefined;
    try {
      await change((current) => noteSent(work, current, participant.invitationId, way));
    } catch (error) {
      failure.value = error;
    }
  }
  const props: WayProps = { work, entry, participant, change, note: (way) => void note(way) };
  return (
    <Card class="invitation">
      <Title focus={takesFocus}>{say.title(participant.name)}</Title>
      <p>
        {when}. {isPast ? say.past : say.opensOn}
      </p>
      <InvitationStateLine entry={entry} participant={participant} />
      <ConsentState work={work} participant={participant} change={change} />
      {!isPast && <Ways {...props} />}
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
    </Card>
  );
}

function InvitationStateLine({ entry, participant }: Pick<WayProps, 'entry' | 'participant'>) {
  const { tone, text, remedy } = invitationState(entry, participant);
  return (
    <div role="status" class="stack-tight">
      <p>
        <State tone={tone}>{text}</State>
      </p>
      {remedy && <Notice tone={tone}>{remedy}</Notice>}
      {participant.viaServer && <p class="quiet-text">{invitationMessages().sheet.compare}</p>}
    </div>
  );
}

function Ways(props: WayProps) {
  const say = invitationMessages().sheet;
  const { work, participant, note } = props;
  return (
    <>
      <Copyable
        label={say.code}
        text={groupCode(participant.code)}
        button={say.copyCode}
        copied={say.codeCopied}
        large
        onCopied={() => note('copied')}
      />
      <Copyable
        label={say.link}
        text={invitationLink(work.session.roomOrigin, participant.code)}
        button={say.copyLink}
        copied={say.linkCopied}
        onCopied={() => note('copied')}
      />
      <MailWay {...props} />
      <div>
        <h2>{say.ways}</h2>
        <div class="ways">
          <ServerMailWay {...props} />
          <ReadAloudWay {...props} />
          <LetterWay {...props} />
          <SmsWay {...props} />
          <CalendarWay {...props} />
        </div>
      </div>
    </>
  );
}
