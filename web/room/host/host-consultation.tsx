import { type OpenRoom, seatsOf } from '@sprechzimmer/call/host-state.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { Consultation } from '../consultation/consultation.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { isolate } from '../isolate.ts';
import { messages } from '../messages.ts';
import { CallOther } from '../mishaps/talk-state.tsx';
import type { Person } from '../people/people.ts';
import { CompareWords } from './compare-words.tsx';
import type { Hours } from './consulting-hours.ts';
import { Joining } from './joining.tsx';
import { ConsentState } from './person.tsx';
import { queueOf } from './queue.ts';

type Talking = NonNullable<OpenRoom['consultation']>;

type HostConsultationProps = {
  room: OpenRoom;
  consultation: Talking;
  hours: Hours;
  own: OwnDevices;
  isLocked: boolean;
};

/** The host's end of a consultation, and beside it what of the queue concerns it. */
export function HostConsultation({ room, consultation, hours, own, isLocked }: HostConsultationProps) {
  const t = messages();
  const { words, path, chat, wordsToCompare } = hours.view.value;
  const { name, link, remote, invitationId } = consultation;
  const telephone = room.participants.find((one) => one.invitationId === invitationId)?.telephone;
  return (
    <Consultation
      people={peopleOf(hours, consultation)}
      onSeeOut={(id) => hours.room.seeOut(id as InvitationId)}
      end="host"
      port={hours.room.talk}
      health={hours.health}
      talk={{ otherName: isolate(name), link, remote, words, path, chat }}
      own={own}
      endLabel={t.consultation.end}
      onEnd={() => hours.room.end()}
      onSend={(text) => hours.room.sendChat(text)}
      telephone={telephone && <CallOther name={name} telephone={telephone} />}
      aside={<Beside room={room} consultation={consultation} hours={hours} isLocked={isLocked} />}
      notice={
        wordsToCompare && (
          <CompareWords
            words={wordsToCompare.words}
            name={isolate(wordsToCompare.seat.name)}
            onSame={() => hours.room.confirmWords()}
            onDifferent={() => hours.room.refuseWords()}
          />
        )
      }
    />
  );
}

/** How many wait; who of them belongs in here; and whose consent is missing. */
function Beside({ room, consultation, hours, isLocked }: Omit<HostConsultationProps, 'own'>) {
  const { count, joinable } = queueOf(room);
  const seated = seatsOf(consultation).map((seat) => seat.invitationId);
  return (
    <>
      {count > 0 && <p class="waiting-count">{messages().host.waitingCount(count)}</p>}
      {!isLocked && <Joining people={joinable} onLetIn={(invitationId) => hours.room.callIn(invitationId)} />}
      {room.participants
        .filter(
          ({ invitationId, consent }) => seated.includes(invitationId) && consent && consent !== 'given',
        )
        .map(({ invitationId, consent }) => (
          <p key={invitationId} class="waiting-count">
            <ConsentState consent={consent} />
          </p>
        ))}
    </>
  );
}

/** The guests, in the order of their seats. */
export function peopleOf({ room }: Hours, consultation: Talking): Person[] {
  return seatsOf(consultation).map(({ invitationId: id, name, role, link, remote }) => {
    const words = room.wordsOf(id);
    return { id, name: isolate(name), role, link, remote, words, ...room.streamsOf(id) };
  });
}
