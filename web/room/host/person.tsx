import { DoorOpen } from 'lucide';
import type { WaitingParticipant } from '@sprechzimmer/call/host-state.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice, State } from '@sprechzimmer/design/notice.tsx';
import type { Hint } from '@sprechzimmer/protocol/side-message.ts';
import { messages } from '../messages.ts';
import { isolate } from '../isolate.ts';
import { useLoaded } from '../use-loaded.ts';
import { messages as ownMessages } from './messages.ts';
import { minutesBetween, nameOf, namesDiffer } from './queue.ts';

type PersonProps = {
  person: WaitingParticipant;
  now: Date;
  onCallIn: () => void;
  /** @returns false when it could not be sent */
  onHint: (hint: Hint | null) => boolean;
};

/** Who is next, large, with the one button that matters. */
export function NextPerson({ person, now, onCallIn, onHint }: PersonProps) {
  const t = messages().host;
  const name = nameOf(person);
  return (
    <section class="card next-person">
      <h2>{t.waitsSince(name, minutesBetween(person.waitingSince ?? now, now))}</h2>
      <div class="person-facts">
        <p class="quiet-text">{t.appointmentAt(formatTimeOfDay(person.time, language.value))}</p>
        <EnteredAs person={person} />
        <Readiness person={person} now={now} onHint={onHint} />
      </div>
      <Button kind="primary" size="large" wide icon={DoorOpen} aria-keyshortcuts="n" onClick={onCallIn}>
        {t.callIn}
      </Button>
      {person.secondBrowser && <Notice tone="warn">{t.secondBrowser}</Notice>}
    </section>
  );
}

/** One line of the queue. */
export function QueuePerson({ person, now, onCallIn, onHint }: PersonProps) {
  const t = messages().host;
  const name = nameOf(person);
  return (
    <li class="queue-person">
      <div class="queue-person-text">
        <p class="queue-person-name">{name}</p>
        <p class="quiet-text">
          {formatTimeOfDay(person.time, language.value)}
          {person.link === 'ready' && ` · ${t.since(minutesBetween(person.waitingSince ?? now, now))}`}
          {person.link === 'connecting' && ` · ${t.connecting}`}
        </p>
        {person.link === 'insecure' && <State tone="bad">{t.linkInsecure}</State>}
        <EnteredAs person={person} />
        <Readiness person={person} now={now} onHint={onHint} />
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
      <span>
        <bdi>{person.expectedName}</bdi>
      </span>
    </li>
  );
}

function EnteredAs({ person }: { person: WaitingParticipant }) {
  if (!namesDiffer(person)) return null;
  return <p class="quiet-text">{messages().host.expectedAs(isolate(person.expectedName))}</p>;
}

/** What the person has answered to the practice's consent text. */
export function ConsentState({ consent }: Pick<WaitingParticipant, 'consent'>) {
  if (!consent) return null;
  return <State tone={consent === 'given' ? 'good' : 'warn'}>{ownMessages().consent[consent]}</State>;
}

const loadState = () => import('../readiness/person-state.tsx');

/** Comes after the name: nobody is called in less quickly for it. */
function Readiness(props: Omit<PersonProps, 'onCallIn'>) {
  const state = useLoaded(loadState);
  return (
    <>
      <ConsentState consent={props.person.consent} />
      {state && <state.PersonState {...props} />}
    </>
  );
}
