import { useEffect, useRef, useState } from 'preact/hooks';
import type { Talk } from '@sprechzimmer/call/talk.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import type { Readiness } from '@sprechzimmer/protocol/consultation.ts';
import type { Hint } from '@sprechzimmer/protocol/side-message.ts';
import type { OwnDevices } from '../devices/own-devices.ts';
import { messages } from './messages.ts';

/** What the practice asks for, in letters that can be read from across the room. It covers nothing that is pressed. */
export function HintOverlay({ talk, own }: { talk: Talk; own: OwnDevices }) {
  const t = messages();
  const [hint, setHint] = useState<Hint | null>(null);
  const sender = useRef<Parameters<Parameters<Talk['hear']>[1]>[1] | undefined>(undefined);
  useEffect(
    () =>
      talk.hear('hint', (message, peer) => {
        sender.current = peer;
        setHint(message.hint);
      }),
    [talk],
  );
  // Told once it is on the screen, and not before.
  useEffect(() => {
    if (hint) sender.current?.send({ kind: 'hint-shown', hint });
  }, [hint]);
  const isDone = hint !== null && isFulfilled(hint, own.readiness.value);
  return (
    <div role="alert" class="hint-place">
      {hint && !isDone && (
        <section class="hint-sheet">
          <p class="hint-from">{t.from}</p>
          <p class="hint-sentence">{t.sentences[hint]}</p>
          <Button kind="primary" size="large" onClick={() => setHint(null)}>
            {t.understood}
          </Button>
        </section>
      )}
    </div>
  );
}

/** What has been done needs no asking any more. */
function isFulfilled(hint: Hint, { camera, microphone }: Readiness): boolean {
  if (hint === 'unmute' || hint === 'allow-microphone') return microphone === 'on';
  return hint === 'allow-camera' && camera === 'on';
}
