import { PictureInPicture2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { OpenRoom } from '@sprechzimmer/call/host-state.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Checkbox } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText, Page, Title } from '@sprechzimmer/design/page.tsx';
import { keys } from '../consultation/keys.ts';
import type { Hint } from '@sprechzimmer/protocol/side-message.ts';
import { messages as windowMessages } from '../consultation/messages.ts';
import { canKeepRoom, onTop, switchOnTop } from '../consultation/on-top.ts';
import { DeviceSwitch } from '../devices/device-switch.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { ProblemPlace } from '../devices/problem-place.tsx';
import { StreamVideo } from '../devices/stream-video.tsx';
import { isolate } from '../isolate.ts';
import { messages } from '../messages.ts';
import { ExpectedPerson, NextPerson, QueuePerson } from './person.tsx';
import { nameOf, type Queue } from './queue.ts';

type BetweenPatientsProps = {
  room: OpenRoom;
  queue: Queue;
  practitioner: string;
  own: OwnDevices;
  now: Date;
  onCallIn: (invitationId: InvitationId) => void;
  /** @returns false when it could not be sent */
  onHint: (invitationId: InvitationId, hint: Hint | null) => boolean;
  /** How long the last consultation was, and its record. */
  afterLast: ComponentChildren;
};

/** The host's window while nobody is in: who waits, and the one button that calls the next one in. */
export function BetweenPatients(props: BetweenPatientsProps) {
  const { room, queue, practitioner, own, now, onCallIn, onHint, afterLast } = props;
  const t = messages();
  return (
    <Page header={<HostHeader practitioner={practitioner} own={own} />}>
      <div class="stack host-column">
        <div class="unseen">
          <Title>{t.host.title}</Title>
        </div>
        <LiveText class="stack">
          {!room.online && <Notice tone="warn">{t.host.offline}</Notice>}
          {room.lastEnded && <LastEnded {...room.lastEnded} />}
          <p class="unseen">{queue.next && t.host.arrived(nameOf(queue.next))}</p>
        </LiveText>
        {room.lastEnded && afterLast}
        <ProblemPlace own={own} />
        {queue.next ? (
          <NextPerson
            key={queue.next.invitationId}
            person={queue.next}
            now={now}
            onCallIn={() => queue.next && onCallIn(queue.next.invitationId)}
            onHint={(hint) => queue.next !== undefined && onHint(queue.next.invitationId, hint)}
          />
        ) : (
          <Nobody queue={queue} />
        )}
        {queue.others.length > 0 && (
          <section class="stack-tight">
            {queue.next && <h2 class="queue-heading">{t.host.alsoWaiting(queue.others.length)}</h2>}
            <ul class="queue">
              {queue.others.map((person) => (
                <QueuePerson
                  key={person.invitationId}
                  person={person}
                  now={now}
                  onCallIn={() => onCallIn(person.invitationId)}
                  onHint={(hint) => onHint(person.invitationId, hint)}
                />
              ))}
            </ul>
          </section>
        )}
        <StillExpected queue={queue} />
        {canKeepRoom && (
          <Button
            kind="quiet"
            icon={PictureInPicture2}
            aria-keyshortcuts="p"
            onClick={() => switchOnTop('host')}
          >
            {onTop.value ? windowMessages().notOnTop : windowMessages().onTop}
          </Button>
        )}
        <details class="host-keys">
          <summary>{t.host.keys}</summary>
          <Checkbox label={t.host.keysOn} checked={keys.isOn.value} onChange={keys.set} />
        </details>
      </div>
    </Page>
  );
}

function HostHeader({ practitioner, own }: { practitioner: string; own: OwnDevices }) {
  const t = messages();
  return (
    <div class="host-header">
      <div class="host-header-name">
        <p class="host-title">{t.host.title}</p>
        <p class="quiet-text">{practitioner}</p>
      </div>
      <div class="host-self">
        <div class="host-self-switches">
          <DeviceSwitch device="microphone" own={own} />
          <DeviceSwitch device="camera" own={own} />
        </div>
        <div class="host-self-picture">
          <StreamVideo stream={own.media.stream} label={t.devices.ownPicture} own />
          {own.readiness.value.camera !== 'on' && <p>{t.devices.cameraIsOff}</p>}
        </div>
      </div>
    </div>
  );
}

function LastEnded({ name, by }: NonNullable<OpenRoom['lastEnded']>) {
  const t = messages().host;
  return (
    <p class="last-ended">{by === 'participant' ? t.hungUp(isolate(name)) : t.youEnded(isolate(name))}</p>
  );
}

function Nobody({ queue }: { queue: Queue }) {
  const t = messages().host;
  const nobodyAtAll = queue.expected.length + queue.others.length === 0;
  return (
    <section class="nobody">
      <h2>{t.nobody}</h2>
      <p>{nobodyAtAll ? t.nobodyExpected : t.nobodyText}</p>
    </section>
  );
}

/** All of them if they are few; folded away otherwise. */
function StillExpected({ queue }: { queue: Queue }) {
  const { expected } = queue;
  if (expected.length === 0) return null;
  return (
    <details class="still-expected" open={expected.length <= 6}>
      <summary>{messages().host.stillExpected(expected.length)}</summary>
      <ul>
        {expected.map((person) => (
          <ExpectedPerson key={person.invitationId} person={person} />
        ))}
      </ul>
    </details>
  );
}
