import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { HostRefusal, OpenRoom } from '@sprechzimmer/call/host-state.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { useKeys } from '../consultation/keys.ts';
import { canKeepRoom, switchOnTop } from '../consultation/on-top.ts';
import type { Picture } from '../consultation/picture.tsx';
import { Stage } from '../consultation/stage.tsx';
import { Insecure } from '../insecure.tsx';
import { isolate } from '../isolate.ts';
import { messages } from '../messages.ts';
import { firstPicture, picturesOf, pinned } from '../people/people.ts';
import { BetweenPatients } from './between-patients.tsx';
import type { ConsultingHours, Hours } from './consulting-hours.ts';
import { HostConsultation, peopleOf } from './host-consultation.tsx';
import { HostPage } from './host-page.tsx';
import { queueOf } from './queue.ts';

const clockEveryMs = 10_000;
const now = signal(new Date());
/** The practice app is locked: whoever stands before this screen is told how many wait, and no name. */
export const isLocked = signal(false);

/** All that the host's window shows once it is open. */
export function HoursPages({ hours, consulting }: { hours: Hours; consulting: ConsultingHours }) {
  const t = messages();
  const { state } = hours.view.value;
  const consultation = state.kind === 'open' ? state.consultation : undefined;
  const count = state.kind === 'open' ? queueOf(state).count : 0;
  useEffect(() => {
    document.title = t.host.tabTitle(count);
  }, [t, count]);
  useHostKeys(hours, consulting);
  useEffect(
    () => void import('../hints/hint-choice.tsx').then(({ followHints }) => followHints(hours.room)),
    [],
  );
  useEffect(() => {
    const timer = setInterval(() => (now.value = new Date()), clockEveryMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <Stage
        shown={consultation !== undefined}
        pictures={consultation ? picturesOf(peopleOf(hours, consultation), pinned.value) : [nobody(hours)]}
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
      return <RoomClosed refusal={state} />;
    case 'open':
      return <OpenPage room={state} hours={hours} consulting={consulting} />;
    default:
      return state satisfies never;
  }
}

type OpenPageProps = { room: OpenRoom; hours: Hours; consulting: ConsultingHours };

function OpenPage({ room, hours, consulting }: OpenPageProps) {
  const t = messages();
  const { consultation, insecure } = room;
  const queue = queueOf(room);
  if (consultation) {
    return (
      <HostConsultation
        key={consultation.since.getTime()}
        room={room}
        consultation={consultation}
        hours={hours}
        own={consulting.own}
        isLocked={isLocked.value}
      />
    );
  }
  if (insecure && !isLocked.value) {
    return (
      <Insecure key={insecure.invitationId} reason={insecure.reason}>
        <p>{t.insecure.nextHost(isolate(insecure.expectedName))}</p>
        <Button onClick={() => hours.room.dismissInsecure()}>{t.insecure.dismiss}</Button>
      </Insecure>
    );
  }
  if (isLocked.value) {
    return (
      <HostPage title={t.host.lockedTitle}>
        <p>{queue.count > 0 ? t.host.waitingCount(queue.count) : t.host.nobody}</p>
        <p>{t.host.locked}</p>
      </HostPage>
    );
  }
  const record = hours.records.value;
  if (record?.isShown.value) return <record.Page />;
  return (
    <BetweenPatients
      room={room}
      queue={queue}
      practitioner={hours.practitioner.value}
      own={consulting.own}
      now={now.value}
      onCallIn={(invitationId) => hours.room.callIn(invitationId)}
      onHint={(invitationId, hint) => hours.room.sendHint(invitationId, hint)}
      afterLast={record && <record.AfterLast />}
    />
  );
}

/** The first picture's place, before anybody is in it. */
function nobody({ room }: Hours): Picture {
  return { id: firstPicture, label: '', stream: room.remoteStream, large: true, moving: false };
}

/** Between two patients; during a consultation its own page hears the keys. */
function useHostKeys({ room, view }: Hours, { own }: ConsultingHours): void {
  const { state } = view.value;
  const isBetween = state.kind !== 'open' || !state.consultation;
  useKeys(
    isBetween
      ? {
          microphone: own.switchMicrophone,
          camera: own.switchCamera,
          onTop: () => canKeepRoom && switchOnTop('host'),
          next: () => {
            if (state.kind !== 'open' || state.insecure || isLocked.value) return;
            const { next } = queueOf(state);
            if (next) room.callIn(next.invitationId);
          },
        }
      : {},
  );
}

/** The server does not let this window in. */
export function RoomClosed({ refusal: { code } }: { refusal: HostRefusal }) {
  const t = messages();
  const [full, attempts] = [code === 'server-full', code === 'too-many-attempts'];
  return (
    <HostPage title={full ? t.host.fullTitle : t.host.refusedTitle}>
      <p>{full ? t.host.full : attempts ? t.host.attempts : t.host.refused}</p>
      {(full || attempts) && <Button onClick={() => location.reload()}>{t.common.tryAgain}</Button>}
    </HostPage>
  );
}
