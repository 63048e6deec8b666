import { signal } from '@preact/signals';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { OpenRoom } from '@sprechzimmer/call/host-state.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { language, setLanguage } from '@sprechzimmer/design/i18n.ts';
import { Consultation } from '../consultation/consultation.tsx';
import { RemotePicture } from '../consultation/remote-picture.tsx';
import { Insecure } from '../insecure.tsx';
import { isolate } from '../isolate.ts';
import { messages } from '../messages.ts';
import { BetweenPatients } from './between-patients.tsx';
import { type ConsultingHours, type Hours, startConsultingHours } from './consulting-hours.ts';
import { HostPage } from './host-page.tsx';
import { followKeys } from './keys.ts';
import { followPractice, readPracticeOrigin } from './practice-link.ts';
import { queueOf } from './queue.ts';

/** How long the practice app may take before the window says that it does not answer. */
const patienceMs = 6_000;
const clockEveryMs = 10_000;

/** The host's window. It gets everything it knows from the practice app that opened it. */
export function showHost(root: HTMLElement, practiceOrigin: string): void {
  document.title = messages().host.title;
  const origin = readPracticeOrigin(practiceOrigin);
  if (origin === undefined || !window.opener) {
    render(<FromPracticeOnly />, root);
    return;
  }
  const consulting = startConsultingHours();
  followPractice(
    window,
    origin,
    (message) => {
      if (language.value !== message.language) setLanguage(message.language, false);
      locked.value = false;
      consulting.hear(message);
    },
    () => (locked.value = true),
  );
  render(<HostApp consulting={consulting} />, root);
}

const now = signal(new Date());
/** The practice app is locked: whoever stands before this screen is told how many wait, and no name. */
const locked = signal(false);

function HostApp({ consulting }: { consulting: ConsultingHours }) {
  const hours = consulting.hours.value;
  useEffect(() => {
    const timer = setInterval(() => (now.value = new Date()), clockEveryMs);
    return () => clearInterval(timer);
  }, []);
  if (!hours) return <Opening />;
  return <HoursPages key={hours.room} hours={hours} consulting={consulting} />;
}

function HoursPages({ hours, consulting }: { hours: Hours; consulting: ConsultingHours }) {
  const t = messages();
  const { state } = hours.view.value;
  const consultation = state.kind === 'open' ? state.consultation : undefined;
  const count = state.kind === 'open' ? queueOf(state).count : 0;
  useEffect(() => {
    document.title = t.host.tabTitle(count);
  }, [t, count]);
  useEffect(() => followHostKeys(hours, consulting), []);
  return (
    <>
      <RemotePicture
        stream={hours.room.remoteStream}
        shown={consultation !== undefined}
        moving={consultation?.remote.camera ?? false}
        label={t.consultation.picture(consultation?.name ?? '')}
      />
      <HoursPage hours={hours} consulting={consulting} />
    </>
  );
}

function HoursPage({ hours, consulting }: { hours: Hours; consulting: ConsultingHours }) {
  const t = messages();
  const { state } = hours.view.value;
  switch (state.kind) {
    case 'opening':
      return (
        <HostPage title={t.host.title}>
          <p>{t.host.opening}</p>
        </HostPage>
      );
    case 'replaced':
      return (
        <HostPage title={t.host.replacedTitle}>
          <p>{t.host.replaced}</p>
        </HostPage>
      );
    case 'refused':
      return (
        <HostRefused full={state.code === 'server-full'} attempts={state.code === 'too-many-attempts'} />
      );
    case 'open':
      return <OpenPage room={state} hours={hours} consulting={consulting} />;
    default:
      return state satisfies never;
  }
}

type OpenPageProps = { room: OpenRoom; hours: Hours; consulting: ConsultingHours };

function OpenPage({ room, hours, consulting }: OpenPageProps) {
  const t = messages();
  const { words, path, chat } = hours.view.value;
  const { consultation, insecure } = room;
  const queue = queueOf(room);
  if (consultation) {
    const { name, link, remote, invitationId } = consultation;
    return (
      <Consultation
        key={invitationId}
        talk={{ otherName: isolate(name), link, remote, words, path, chat }}
        own={consulting.own}
        endLabel={t.consultation.end}
        onEnd={() => hours.room.end()}
        onSend={(text) => hours.room.sendChat(text)}
        aside={queue.count > 0 && <p class="waiting-count">{t.host.waitingCount(queue.count)}</p>}
      />
    );
  }
  if (insecure && !locked.value) {
    return (
      <Insecure key={insecure.invitationId} reason={insecure.reason}>
        <p>{t.insecure.nextHost(isolate(insecure.expectedName))}</p>
        <Button onClick={() => hours.room.dismissInsecure()}>{t.insecure.dismiss}</Button>
      </Insecure>
    );
  }
  if (locked.value) {
    return (
      <HostPage title={t.host.lockedTitle}>
        <p>{queue.count > 0 ? t.host.waitingCount(queue.count) : t.host.nobody}</p>
        <p>{t.host.locked}</p>
      </HostPage>
    );
  }
  return (
    <BetweenPatients
      room={room}
      queue={queue}
      practitioner={hours.practitioner}
      own={consulting.own}
      now={now.value}
      onCallIn={(invitationId) => hours.room.callIn(invitationId)}
    />
  );
}

function followHostKeys({ room }: Hours, { own }: ConsultingHours): () => void {
  return followKeys((key) => {
    const { state } = room;
    if (key === 'microphone') own.switchMicrophone();
    else if (key === 'camera') own.switchCamera();
    else if (state.kind === 'open' && !state.consultation && !state.insecure && !locked.value) {
      const { next } = queueOf(state);
      if (next) room.callIn(next.invitationId);
    }
  });
}

function Opening() {
  const t = messages().host;
  const [late, setLate] = useState(false);
  useEffect(() => {
    document.title = t.tabTitle(0);
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <HostPage title={t.title}>
      <p>{late ? t.noAnswer : t.opening}</p>
    </HostPage>
  );
}

function HostRefused({ full, attempts }: { full: boolean; attempts: boolean }) {
  const t = messages();
  return (
    <HostPage title={full ? t.host.fullTitle : t.host.refusedTitle}>
      <p>{full ? t.host.full : attempts ? t.host.attempts : t.host.refused}</p>
      {(full || attempts) && <Button onClick={() => location.reload()}>{t.common.tryAgain}</Button>}
    </HostPage>
  );
}

function FromPracticeOnly() {
  const t = messages().host;
  return (
    <HostPage title={t.fromPractice}>
      <p>{t.fromPracticeText}</p>
    </HostPage>
  );
}
