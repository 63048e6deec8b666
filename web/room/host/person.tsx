import { Camera, CameraOff, DoorOpen, Mic, MicOff } from 'lucide';
import type { WaitingParticipant } from '@sprechzimmer/call/host-state.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice, State } from '@sprechzimmer/design/notice.tsx';
import { messages } from '../messages.ts';
import { minutesBetween, nameOf, namesDiffer } from './queue.ts';

type PersonProps = { person: WaitingParticipant; now: Date; onCallIn: () => void };

/** Who is next, large, with the one button that matters. */
export function NextPerson({ person, now, onCallIn }: PersonProps) {
  const t = messages().host;
  const name = nameOf(person);
  return (
    <section class="card next-person">
      <h2 dir="auto">{t.waitsSince(name, minutesBetween(person.waitingSince ?? now, now))}</h2>
      <Facts person={person} />
      <Button kind="primary" size="large" wide icon={DoorOpen} aria-keyshortcuts="n" onClick={onCallIn}>
        {t.callIn}
      </Button>
      {person.secondBrowser && <Notice tone="warn">{t.secondBrowser}</Notice>}
    </section>
  );
}

/** One line of the queue. */
export function QueuePerson({ person, now, onCallIn }: PersonProps) {
  const t = messages().host;
  const name = nameOf(person);
  return (
    <li class="queue-person">
      <div class="queue-person-text">
        <p class="queue-person-name" dir="auto">
          {name}
        </p>
        {person.link === 'ready' && (
          <p class="quiet-text">{t.since(minutesBetween(person.waitingSince ?? now, now))}</p>
        )}
        {person.link === 'connecting' && <p class="quiet-text">{t.connecting}</p>}
        {person.link === 'insecure' && <State tone="bad">{t.linkInsecure}</State>}
        <Facts person={person} />
        {person.secondBrowser && <State tone="warn">{t.secondBrowser}</State>}
      </div>
      {person.link === 'ready' && (
        <Button onClick={onCallIn}>
          {t.callIn}
          <span class="unseen"> {name}</span>
        </Button>
      )}
    </li>
  );
}

/** Somebody of today who is not there. */
export function ExpectedPerson({ person }: { person: WaitingParticipant }) {
  return (
    <li class="expected-person">
      <span class="expected-time">{formatTimeOfDay(person.time, language.value)}</span>
      <span dir="auto">{person.expectedName}</span>
    </li>
  );
}

function Facts({ person }: { person: WaitingParticipant }) {
  const { host: t, devices } = messages();
  const { readiness } = person;
  return (
    <div class="person-facts">
      <p class="quiet-text">{t.appointmentAt(formatTimeOfDay(person.time, language.value))}</p>
      {namesDiffer(person) && (
        <p class="quiet-text" dir="auto">
          {t.expectedAs(person.expectedName)}
        </p>
      )}
      {readiness && (
        <p class="row">
          <State tone={toneOf(readiness.camera)} icon={readiness.camera === 'on' ? Camera : CameraOff}>
            {devices.camera} {devices[readiness.camera]}
          </State>
          <State tone={toneOf(readiness.microphone)} icon={readiness.microphone === 'on' ? Mic : MicOff}>
            {devices.microphone} {devices[readiness.microphone]}
          </State>
        </p>
      )}
    </div>
  );
}

function toneOf(state: keyof typeof tones) {
  return tones[state];
}

const tones = { on: 'good', off: 'info', blocked: 'warn', missing: 'warn', busy: 'warn' } as const;
