import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { HostCard } from '@sprechzimmer/protocol/invitation.ts';
import { signallingVersion } from '@sprechzimmer/protocol/signalling.ts';
import { type ConsultingHours, startConsultingHours } from './consulting-hours.ts';
import { expectedOf, readHostCard } from './host-card.ts';
import { type HostCodePlace, keepHostCodePlace } from './host-code-place.ts';

/** One appointment, held by its host code. */
export type HostCodeVisit = {
  consulting: ConsultingHours;
  /** Undefined until the server has handed it out; null when the code does not open it. */
  card: ReadonlySignal<HostCard | null | undefined>;
  begun: ReadonlySignal<boolean>;
  /** Whoever holds the code goes on: from now on participants are let in. */
  begin: () => void;
};

/** Opens the appointment's own room. Nobody is let in before `begin`, and before that no camera runs. */
export function openHostCodeVisit(place: HostCodePlace): HostCodeVisit {
  const consulting = startConsultingHours();
  const card = signal<HostCard | null>();
  const begun = signal(place.begun);
  const greeting = { kind: 'host-code', v: signallingVersion, locator: place.locator } as const;
  keepHostCodePlace(place);
  consulting.hear({ greeting, practitioner: '', expected: [], hideAddress: false });

  let read: string | undefined;
  effect(() => {
    const hours = consulting.hours.value;
    if (!hours) return;
    const { state, card: handedOut } = hours.view.value;
    const sealed = state.kind === 'refused' ? state.card : handedOut;
    if (state.kind === 'refused' && state.code === 'code-unknown') keepHostCodePlace(undefined);
    if (sealed === undefined || sealed === read) return;
    read = sealed;
    void readHostCard(place.cardKey, sealed).then((opened) => (card.value = opened ?? null));
  });
  effect(() => {
    if (!begun.value || !card.value) return;
    const { practitioner, hideAddress = false } = card.value;
    consulting.hear({ greeting, practitioner, expected: expectedOf(card.value), hideAddress });
    void consulting.own.start();
  });
  return {
    consulting,
    card,
    begun,
    begin: () => {
      keepHostCodePlace({ ...place, begun: true });
      begun.value = true;
    },
  };
}
