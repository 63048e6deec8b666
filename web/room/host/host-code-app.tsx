import { signal } from '@preact/signals';
import { type ComponentChildren, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ArrowRight, DoorOpen } from 'lucide';
import type { HostRefusal } from '@sprechzimmer/call/host-state.ts';
import { type CodeReading, readCode } from '@sprechzimmer/crypto/code.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { dayIn, formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { LanguageSwitch } from '@sprechzimmer/design/language-switch.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Brand, Card, Page, Title } from '@sprechzimmer/design/page.tsx';
import type { HostCard } from '@sprechzimmer/protocol/invitation.ts';
import { isolate } from '../isolate.ts';
import { messages as roomMessages } from '../messages.ts';
import { CodeField } from '../welcome/code-field.tsx';
import { keepHostCodePlace, keptHostCodePlace, takeHostCodePlace } from './host-code-place.ts';
import { type HostCodeVisit, openHostCodeVisit } from './host-code-visit.ts';
import { HoursPages, RoomClosed } from './hours-pages.tsx';
import { messages } from './host-code-messages.ts';

/** The host's end of one appointment, on any device, for whoever has its host code. */
export function showHostCode(root: HTMLElement, link: CodeReading | undefined): void {
  const kept = link ? undefined : keptHostCodePlace();
  const visit = signal(kept && openHostCodeVisit(kept));
  async function open(code: string) {
    visit.value = openHostCodeVisit(await takeHostCodePlace(code));
  }
  render(<HostCodeApp visit={visit} link={link} onOpen={open} />, root);
}

export { loadMessages } from '../messages.ts';

type AppProps = {
  visit: { readonly value: HostCodeVisit | undefined };
  link: CodeReading | undefined;
  onOpen: (code: string) => Promise<void>;
};

function HostCodeApp({ visit, link, onOpen }: AppProps) {
  const t = messages();
  useEffect(() => {
    document.title = t.title;
  }, [t]);
  return visit.value ? (
    <VisitPages visit={visit.value} />
  ) : (
    <EnterCode link={link?.kind === 'code' ? link.code : undefined} onOpen={onOpen} />
  );
}

/** Nothing is sent before the button is pressed. */
function EnterCode({ link, onOpen }: { link: string | undefined; onOpen: AppProps['onOpen'] }) {
  const t = messages();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const [opening, setOpening] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  async function open() {
    setAsked(true);
    const reading = readCode(link ?? typed);
    if (reading.kind !== 'code') return input.current?.focus();
    setOpening(true);
    await onOpen(reading.code);
  }
  return (
    <CodePage title={t.title}>
      <p>{t.intro}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!opening) void open();
        }}
      >
        {!link && <CodeField value={typed} onInput={setTyped} asked={asked} inputRef={input} />}
        <Button
          kind="primary"
          size="large"
          wide
          type="submit"
          icon={ArrowRight}
          busy={opening ? t.opening : undefined}
        >
          {t.open}
        </Button>
      </form>
    </CodePage>
  );
}

function VisitPages({ visit }: { visit: HostCodeVisit }) {
  const t = messages();
  const hours = visit.consulting.hours.value;
  const card = visit.card.value;
  if (!hours) return null;
  const { state } = hours.view.value;
  if (state.kind === 'refused') return <Refused refusal={state} card={card} />;
  if (card === null) return <Unknown />;
  if (!card) return <CodePage title={t.title}>{t.opening}</CodePage>;
  const inConsultation = state.kind === 'open' && state.consultation !== undefined;
  // By this device's own clock too, whatever the server says; but nobody is cut off.
  if (!isToday(card) && !inConsultation) return <NotToday day={card.start.slice(0, 10)} />;
  if (!visit.begun.value) return <Confirm card={card} onBegin={visit.begin} />;
  return <HoursPages hours={hours} consulting={visit.consulting} />;
}

function Confirm({ card, onBegin }: { card: HostCard; onBegin: () => void }) {
  const t = messages();
  const names = card.participants.map(({ name }) => isolate(name)).join(', ');
  const time = formatTimeOfDay(card.start.slice(11), language.value);
  return (
    <CodePage title={t.confirmTitle}>
      <p class="lead">{t.today(isolate(card.practitioner), time)}</p>
      <p>{card.practice}</p>
      <p>{t.participants(names)}</p>
      <Notice tone="warn">{t.warning}</Notice>
      <Button kind="primary" size="large" wide icon={DoorOpen} onClick={onBegin}>
        {t.begin}
      </Button>
    </CodePage>
  );
}

function Refused({ refusal, card }: { refusal: HostRefusal; card: HostCard | null | undefined }) {
  const t = messages();
  const { code, day, hours } = refusal;
  if (code === 'not-today') return <NotToday day={card?.start.slice(0, 10) ?? day} />;
  if (code === 'code-unknown') return <Unknown />;
  if (code !== 'closed-now' || !hours) return <RoomClosed refusal={refusal} />;
  const [from, until] = [hours.from, hours.until].map((time) => formatTimeOfDay(time, language.value));
  return <NoWay title={t.closed} text={t.hours(from ?? '', until ?? '')} />;
}

function NotToday({ day }: { day: string | undefined }) {
  const t = messages();
  const words = day ? formatDay(day, language.value, { year: true }) : '';
  return <NoWay title={t.notToday} text={t.day(words)} />;
}

function Unknown() {
  const t = messages();
  return <NoWay title={t.unknown} text={t.unknownText} />;
}

function NoWay({ title, text }: { title: string; text: string }) {
  function forget() {
    keepHostCodePlace(undefined);
    location.reload();
  }
  return (
    <CodePage title={title}>
      <p>{text}</p>
      <Button onClick={forget}>{roomMessages().common.otherCode}</Button>
    </CodePage>
  );
}

function CodePage({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <Page
      header={
        <>
          <Brand name={roomMessages().host.title} />
          <LanguageSwitch />
        </>
      }
    >
      <Title>{title}</Title>
      <Card>{children}</Card>
    </Page>
  );
}

function isToday({ start, timeZone }: HostCard): boolean {
  return start.slice(0, 10) === dayIn(timeZone, new Date());
}
