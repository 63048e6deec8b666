import { signal } from '@preact/signals';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { presumedMedia } from '@sprechzimmer/call/participant-state.ts';
import { Consultation } from '../consultation/consultation.tsx';
import { Stage } from '../consultation/stage.tsx';
import { sweepReceivedFiles } from '../files/tool.ts';
import { HintPlace } from '../hints/hint-place.tsx';
import { Insecure } from '../insecure.tsx';
import { isolate } from '../isolate.ts';
import { messages } from '../messages.ts';
import { type Person, picturesOf, pinned } from '../people/people.ts';
import { keepPlace, type Place } from '../place.ts';
import { Ended, Left, Replaced } from './closing-pages.tsx';
import { ConsentInTalk } from './consent.tsx';
import { CallPractice } from './practice-card.tsx';
import type { RefusedProps } from './refused.tsx';
import { prepareSound } from './sound.ts';
import { useLoaded } from '../use-loaded.ts';
import { startVisit, type Visit } from './visit.ts';
import { WaitingRoom } from './waiting-room.tsx';

export { loadMessages } from '../messages.ts';

/** The participant's pages behind the first screen. */
export function showParticipant(root: HTMLElement, place: Place): void {
  const visit = signal<Visit | undefined>(place.over ? undefined : startVisit(place));
  void sweepReceivedFiles();
  if (navigator.userActivation?.hasBeenActive) prepareSound();
  const comeBack = () => {
    prepareSound();
    keepPlace({ ...place, over: false });
    visit.value = startVisit({ ...place, over: false });
  };
  render(<ParticipantApp visit={visit} onComeBack={comeBack} />, root);
}

type AppProps = { visit: { readonly value: Visit | undefined }; onComeBack: () => void };

function ParticipantApp({ visit: current, onComeBack }: AppProps) {
  const t = messages();
  const visit = current.value;
  useEffect(() => {
    document.title = t.common.title;
  }, [t]);
  if (!visit) return <Ended by={undefined} card={undefined} onBack={onComeBack} />;
  const { state } = visit.view.value;
  const inConsultation = state.kind === 'consultation';
  return (
    <>
      <Stage
        shown={inConsultation}
        pictures={picturesOf([hostPerson(visit), ...companionsOf(visit)], pinned.value)}
      />
      {(inConsultation || state.kind === 'waiting') && <HintPlace talk={visit.call.talk} own={visit.own} />}
      <VisitPage key={state.kind === 'joining' ? 'waiting' : state.kind} visit={visit} />
    </>
  );
}

/** Why the door stays closed is read only by those before whom it does. */
function RefusedSoon(props: RefusedProps) {
  const page = useLoaded(() => import('./refused.tsx'));
  return page && <page.Refused {...props} />;
}

function VisitPage({ visit }: { visit: Visit }) {
  const { state, words, path, chat } = visit.view.value;
  const card = visit.card.value;
  switch (state.kind) {
    case 'joining':
    case 'waiting':
      return <WaitingRoom visit={visit} state={state} />;
    case 'consultation':
      return (
        <Consultation
          end="participant"
          people={[hostPerson(visit), ...companionsOf(visit)]}
          port={visit.call.talk}
          health={visit.health}
          talk={{
            otherName: otherName(visit),
            link: state.link,
            remote: state.remote,
            words,
            path,
            chat,
          }}
          own={visit.own}
          endLabel={messages().consultation.hangUp}
          onEnd={() => visit.call.hangUp()}
          onSend={(text) => visit.call.sendChat(text)}
          telephone={card?.telephone && <CallPractice card={card} />}
          more={<ConsentInTalk visit={visit} />}
        />
      );
    case 'ended':
      return <Ended by={state.by} lastedMs={visit.call.lastedMs} card={card} onBack={visit.comeBack} />;
    case 'left':
      return <Left card={card} onBack={visit.comeBack} />;
    case 'replaced':
      return <Replaced />;
    case 'refused':
      return <RefusedSoon state={state} card={card} place={visit.place} />;
    case 'insecure':
      return (
        <Insecure reason={state.reason}>
          <p>{messages().insecure.nextParticipant}</p>
          <CallPractice card={card} />
        </Insecure>
      );
    default:
      return state satisfies never;
  }
}

function hostPerson(visit: Visit): Person {
  const { state } = visit.view.value;
  const { link, remote } = state.kind === 'consultation' ? state : absentHost;
  const { remoteStream: stream, remoteScreen: screen } = visit.call;
  return { id: 'host', name: otherName(visit), role: 'practice', link, remote, stream, screen };
}

function companionsOf(visit: Visit): Person[] {
  return visit.view.value.companions.map((one) => ({ ...one, name: isolate(one.name) }));
}

const absentHost = { link: 'connecting', remote: { ...presumedMedia, camera: false } } as const;

/** Who the practice's side is: as it names itself, or as the invitation does. */
function otherName(visit: Visit): string {
  const { state } = visit.view.value;
  const named = state.kind === 'consultation' || state.kind === 'waiting' ? state.practitioner : undefined;
  return isolate(named || visit.card.value?.practitioner || messages().common.practice);
}
