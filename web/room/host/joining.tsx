import type { WaitingParticipant } from '@sprechzimmer/call/host-state.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { messages } from '../people/messages.ts';
import { nameOf } from './queue.ts';

type JoiningProps = { people: WaitingParticipant[]; onLetIn: (invitationId: InvitationId) => void };

/** Those of the same appointment who wait while it is going on: let in one by one, and quietly offered. */
export function Joining({ people, onLetIn }: JoiningProps) {
  const t = messages();
  return people.map((person) => (
    <div key={person.invitationId} class="joining waiting-count">
      <span>{t.waits(nameOf(person), t.roles[person.role])}</span>
      <Button onClick={() => onLetIn(person.invitationId)}>
        {t.letIn}
        <span class="unseen"> {nameOf(person)}</span>
      </Button>
    </div>
  ));
}
