import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Phone } from 'lucide';
import type { RemoteMedia } from '@sprechzimmer/call/participant-state.ts';
import type { PathHealth } from '@sprechzimmer/call/path-health.ts';
import { Button, ButtonLink } from '@sprechzimmer/design/button.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { isolate } from '../isolate.ts';
import { messages } from '../messages.ts';

/** After so long without a connection, the telephone is the better way. */
const longGoneMs = 15_000;

type TalkStateProps = {
  talk: { otherName: string; link: 'connecting' | 'connected' | 'interrupted'; remote: RemoteMedia };
  health: ReadonlySignal<PathHealth | undefined>;
  own: OwnDevices;
  /** A link that calls the other side; null where no number is known. */
  telephone: ComponentChildren;
};

/** What the pictures do not say by themselves: one calm sentence for each. */
export function TalkState({ talk, health, own, telephone }: TalkStateProps) {
  const { mishaps: t, consultation: room } = messages();
  const { link, otherName } = talk;
  const { camera, microphone, heldBack } = talk.remote;
  const isConnected = link === 'connected';
  const longGone = useLong(link === 'interrupted');
  const ownHeldBack = useComputed(() => health.value?.heldBack ?? false).value;
  const sentences = [
    link === 'interrupted' && (longGone ? t.longGone : room.interrupted),
    link === 'connecting' && room.connecting,
    isConnected && !camera && room.remoteCameraOff(otherName),
    isConnected && heldBack && t.otherHeldBack(otherName),
    isConnected && !microphone && room.remoteMicrophoneOff(otherName),
    isConnected && ownHeldBack && t.ownHeldBack,
    deviceNote(own),
  ].filter((sentence) => typeof sentence === 'string');
  const moving = isConnected && camera && !heldBack;
  return (
    <div class={`talk-state ${moving ? 'talk-state-low' : ''}`}>
      <div class="talk-state-lines" role="status">
        {sentences.map((sentence) => (
          <p key={sentence} class="talk-state-line">
            {sentence}
          </p>
        ))}
      </div>
      {longGone && telephone}
      {own.note.value?.kind === 'halted' && (
        <Button kind="primary" size="large" onClick={() => own.renew()}>
          {t.switchOnAgain}
        </Button>
      )}
    </div>
  );
}

/** The telephone that the practice has noted for a participant. */
export function CallOther({ name, telephone }: { name: string; telephone: string | undefined }) {
  const digits = telephone?.replace(/[^\d+]/g, '');
  if (!telephone || !digits) return null;
  return (
    <ButtonLink href={`tel:${digits}`} icon={Phone}>
      {messages().mishaps.call(isolate(name), telephone.replaceAll(' ', '\u00a0'))}
    </ButtonLink>
  );
}

function deviceNote(own: OwnDevices): string | undefined {
  const { mishaps: t } = messages();
  const note = own.note.value;
  if (!note) return undefined;
  return note.kind === 'halted' ? t.halted : t[note.kind][note.device](note.label);
}

/** Whether something has been so for long. */
function useLong(is: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!is) return undefined;
    const timer = setTimeout(() => setLong(true), longGoneMs);
    return () => clearTimeout(timer);
  }, [is]);
  return is && long;
}
