import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ParticipantState } from '@sprechzimmer/call/participant-state.ts';
import { Button, ButtonLink } from '@sprechzimmer/design/button.tsx';
import { formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { messages } from '../messages.ts';
import { forgetPlace, type Place } from '../place.ts';
import { messages as ownMessages } from './messages.ts';
import { notTodaySentence } from './not-today.ts';
import { ParticipantPage } from './participant-page.tsx';
import { AppointmentFacts, CallPractice } from './practice-card.tsx';
import { messages as refusedMessages } from './refused-messages.ts';
import { saveDate } from './save-date.ts';

type Refusal = Extract<ParticipantState, { kind: 'refused' }>;
export type RefusedProps = { state: Refusal; card: InvitationCard | undefined; place: Place };

/** Why the door stays closed, and what to do instead. */
export function Refused({ state, card, place }: RefusedProps) {
  const t = refusedMessages();
  switch (state.code) {
    case 'not-today':
      return <NotToday state={state} card={card} place={place} />;
    case 'closed-now':
      return <ClosedNow state={state} card={card} />;
    case 'occupied':
      return (
        <RefusedPage title={t.occupiedTitle} text={t.occupied} card={card} actions={<TryAgain />}>
          <p>{t.occupiedOther}</p>
        </RefusedPage>
      );
    case 'too-many-attempts':
      return <TooManyAttempts seconds={state.retryAfterSeconds ?? 3_600} card={card} />;
    case 'server-full':
      return (
        <RefusedPage title={t.fullTitle} text={t.full} card={card} actions={<TryAgain />}>
          <p>{t.orCall}</p>
        </RefusedPage>
      );
    case 'code-unknown':
    case 'ticket-invalid':
      return (
        <RefusedPage title={t.unknownTitle} text={t.unknown} card={card} actions={<OtherCode />}>
          <p>{t.orCall}</p>
        </RefusedPage>
      );
    default:
      return state.code satisfies never;
  }
}

function NotToday({ state, card, place }: RefusedProps) {
  const t = refusedMessages();
  const { text, past } = notTodaySentence(t, language.value, new Date(), card, state.day);
  return (
    <RefusedPage title={t.notTodayTitle} text={text} card={card} actions={<OtherCode />}>
      {past && <p>{t.newAppointment}</p>}
      {card && (
        <p class="quiet-text">
          {card.practice}, {card.practitioner}
        </p>
      )}
      {card && !past && (
        <div class="row">
          <Button kind="primary" onClick={() => saveDate(card, place)}>
            {ownMessages().saveDate}
          </Button>
          <ButtonLink href={`/?test#${place.code}`}>{ownMessages().testNow}</ButtonLink>
        </div>
      )}
    </RefusedPage>
  );
}

/** The right day, outside the hours that the operator has set. */
function ClosedNow({ state, card }: Omit<RefusedProps, 'place'>) {
  const t = ownMessages();
  const hours = state.hours ?? { from: '00:00', until: '24:00' };
  const [from, until] = [hours.from, hours.until].map((time) => formatTimeOfDay(time, language.value));
  const text = `${t.closed(from ?? '', until ?? '')} ${t.practiceTime}.`;
  return (
    <RefusedPage title={t.closedTitle} text={text} card={card} actions={<TryAgain />}>
      {card && <AppointmentFacts card={card} />}
    </RefusedPage>
  );
}

function TooManyAttempts({ seconds, card }: { seconds: number; card: InvitationCard | undefined }) {
  const t = refusedMessages();
  const [minutes, setMinutes] = useState(Math.ceil(seconds / 60));
  useEffect(() => {
    const end = Date.now() + seconds * 1_000;
    const timer = setInterval(() => setMinutes(Math.max(0, Math.ceil((end - Date.now()) / 60_000))), 1_000);
    return () => clearInterval(timer);
  }, [seconds]);
  const over = minutes === 0;
  const text = over ? t.attemptsOver : t.attempts(t.waitMinutes(minutes));
  return (
    <RefusedPage title={t.attemptsTitle} text={text} card={card} actions={over && <OtherCode />}>
      <p>{t.orCall}</p>
    </RefusedPage>
  );
}

type RefusedPageProps = {
  title: string;
  text: string;
  card: InvitationCard | undefined;
  actions: ComponentChildren;
  children?: ComponentChildren;
};

function RefusedPage({ title, text, card, actions, children }: RefusedPageProps) {
  return (
    <ParticipantPage>
      <Title>{title}</Title>
      <Card>
        <p class="lead" role="status">
          {text}
        </p>
        {children}
        <div class="row">
          <CallPractice card={card} />
          {actions}
        </div>
      </Card>
    </ParticipantPage>
  );
}

function TryAgain() {
  return <Button onClick={() => location.reload()}>{messages().common.tryAgain}</Button>;
}

function OtherCode() {
  return (
    <Button
      onClick={() => {
        forgetPlace();
        location.reload();
      }}
    >
      {messages().common.otherCode}
    </Button>
  );
}
