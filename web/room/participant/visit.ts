import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ChatEntry } from '@sprechzimmer/call/chat.ts';
import { ParticipantCall } from '@sprechzimmer/call/participant-call.ts';
import type { ParticipantState } from '@sprechzimmer/call/participant-state.ts';
import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { openOwnDevices, type OwnDevices } from '../devices/own-devices.ts';
import { follow } from '../follow.ts';
import { forgetPlace, keepPlace, type Place } from '../place.ts';
import { readCard } from './card.ts';
import { playComeIn } from './sound.ts';
import { keepAwake } from './wake-lock.ts';

type VisitView = {
  state: ParticipantState;
  words: readonly string[] | undefined;
  path: 'direct' | 'relayed' | undefined;
  chat: readonly ChatEntry[];
};

/** One participant's visit, as its pages show it. */
export type Visit = {
  own: OwnDevices;
  call: ParticipantCall;
  view: ReadonlySignal<VisitView>;
  card: ReadonlySignal<InvitationCard | undefined>;
  /** Back to the waiting room, from its end or after leaving. */
  comeBack: () => void;
};

/** Joins with a place and keeps devices, screen and the kept place in step with how the visit goes. */
export function startVisit(place: Place): Visit {
  const own = openOwnDevices();
  const call = new ParticipantCall({
    signallingUrl: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${signallingPath}`,
    locator: fromBase64url(place.locator),
    psk: fromBase64url(place.psk),
    place: place.place,
    name: place.name,
    media: own.media,
  });
  const view = follow(call, () => ({
    state: call.state,
    words: call.words,
    path: call.path,
    chat: call.chat,
  }));
  const card = followCard(place, view, call);
  followPresence(place, own, view);
  return {
    own,
    call,
    view,
    card,
    comeBack: () => {
      keepPlace({ ...place, over: false });
      call.rejoin();
    },
  };
}

/** The card comes with the server's first answer, also with a refusal for another day. */
function followCard(place: Place, view: ReadonlySignal<VisitView>, call: ParticipantCall) {
  const card = signal<InvitationCard>();
  let read: string | undefined;
  effect(() => {
    const { state } = view.value;
    const sealed = state.kind === 'refused' ? state.card : call.card;
    if (sealed === undefined || sealed === read) return;
    read = sealed;
    void readCard(place.cardKey, sealed).then((opened) => (card.value = opened));
  });
  return card;
}

/** Devices run and the screen stays awake only while someone is there to be seen. */
function followPresence(place: Place, own: OwnDevices, view: ReadonlySignal<VisitView>): void {
  let before: ParticipantState['kind'] | undefined;
  let letSleep: (() => void) | undefined;
  effect(() => {
    const { state } = view.value;
    const { kind } = state;
    if (kind === before) return;
    const wasPresent = isPresent(before);
    if (kind === 'consultation' && before === 'waiting') playComeIn();
    before = kind;
    if (isPresent(kind) && !wasPresent) {
      void own.start();
      letSleep = keepAwake();
    } else if (!isPresent(kind) && wasPresent) {
      own.stop();
      letSleep?.();
    }
    if (kind === 'ended') keepPlace({ ...place, over: true });
    else if (kind === 'left' || kind === 'insecure') forgetPlace();
    else if (kind === 'refused' && state.code === 'code-unknown') forgetPlace();
  });
}

function isPresent(kind: ParticipantState['kind'] | undefined): boolean {
  return kind === 'joining' || kind === 'waiting' || kind === 'consultation';
}
