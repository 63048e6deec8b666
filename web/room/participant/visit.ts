import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ChatEntry } from '@sprechzimmer/call/chat.ts';
import type { Companion } from '@sprechzimmer/call/companions.ts';
import type { Verdict } from '@sprechzimmer/call/connection-test.ts';
import type { Consent } from '@sprechzimmer/call/consent-sender.ts';
import { ParticipantCall } from '@sprechzimmer/call/participant-call.ts';
import type { ParticipantState } from '@sprechzimmer/call/participant-state.ts';
import type { PathHealth } from '@sprechzimmer/call/path-health.ts';
import { fromBase64url, sha256, toBase64url, utf8 } from '@sprechzimmer/crypto/bytes.ts';
import { suggestLanguage } from '@sprechzimmer/design/i18n.ts';
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
  companions: readonly Companion[];
};

/** What the practice asks to consent to; `answer` is null until there is one. */
type AskedConsent = { text: string; textHash: string; answer: Consent | null };

/** One participant's visit, as its pages show it. */
export type Visit = {
  place: Place;
  own: OwnDevices;
  call: ParticipantCall;
  view: ReadonlySignal<VisitView>;
  /** Apart from `view`, since it is new each second. */
  health: ReadonlySignal<PathHealth | undefined>;
  card: ReadonlySignal<InvitationCard | undefined>;
  /** Undefined while the practice is not known to ask. */
  consent: ReadonlySignal<AskedConsent | undefined>;
  answerConsent: (given: boolean) => void;
  /** What a test of the line has shown. */
  verdict: Signal<Verdict | undefined>;
  /** Back to the waiting room, from its end or after leaving. */
  comeBack: () => void;
};

/** Joins with a place (which is its own to change) and keeps devices, screen and the kept place in step with how the visit goes. */
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
    companions: call.companions,
  }));
  const card = followCard(place, view, call);
  const consent = followConsent(place, card, call);
  const verdict = signal<Verdict>();
  followPresence(place, own, view);
  // Later is soon enough: the practice wants to know, and nobody waits for it.
  void import('../readiness/facts.ts').then(
    ({ followFacts }) =>
      followFacts(
        own,
        () => call.answerTime(),
        () => verdict.value,
      ),
    () => undefined,
  );
  return {
    place,
    own,
    call,
    view,
    health: follow({ onChange: (listener) => call.onHealth(listener) }, () => call.health),
    card,
    consent,
    verdict,
    answerConsent: (given) => {
      const asked = consent.value;
      if (!asked) return;
      place.consent = { given, at: new Date().toISOString(), textHash: asked.textHash };
      keepPlace(place);
      consent.value = { ...asked, answer: place.consent };
      call.setConsent(place.consent);
    },
    comeBack: () => {
      keepPlace(place);
      call.rejoin();
    },
  };
}

/** What was answered before a reload counts, as long as the text is the same. */
function followConsent(
  place: Place,
  card: ReadonlySignal<InvitationCard | undefined>,
  call: ParticipantCall,
) {
  const consent = signal<AskedConsent>();
  effect(() => {
    const text = card.value?.consent;
    if (!text) return;
    void sha256(utf8(text)).then((hash) => {
      const textHash = toBase64url(hash);
      const answer = place.consent?.textHash === textHash ? place.consent : null;
      consent.value = { text, textHash, answer };
      call.setConsent(answer);
    });
  });
  return consent;
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
    void readCard(place.cardKey, sealed).then((opened) => {
      if (opened) suggestLanguage(opened.language);
      card.value = opened;
    });
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
