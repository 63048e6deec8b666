import type { WaitingParticipant } from '@sprechzimmer/call/host-state.ts';
import type { Hint } from '@sprechzimmer/protocol/side-message.ts';
import { HintChoice } from '../hints/hint-choice.tsx';
import { minutesBetween } from '../host/queue.ts';
import { hintsFor, troublesOf } from './light.ts';
import { ReadinessLight } from './readiness-light.tsx';

type PersonStateProps = {
  person: WaitingParticipant;
  now: Date;
  /** @returns false when it could not be sent */
  onHint: (hint: Hint | null) => boolean;
};

/** Whether somebody who waits is ready, and what can be told them where they are not. */
export function PersonState({ person, now, onHint }: PersonStateProps) {
  const { invitationId, readiness, waitingSince, link } = person;
  if (!readiness || link !== 'ready') return null;
  const troubles = troublesOf(readiness, minutesBetween(waitingSince ?? now, now));
  return (
    <>
      <p class="readiness">
        <ReadinessLight troubles={troubles} />
      </p>
      <HintChoice id={invitationId} suggested={hintsFor(troubles)} send={onHint} />
    </>
  );
}
