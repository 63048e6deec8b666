import { suite } from '@sprechzimmer/crypto/seal.ts';
import {
  type ConsultationRecord,
  type EndedBy,
  maxRecordedPaths,
  type RecordedGuest,
  type RecordedPath,
} from '@sprechzimmer/protocol/consultation-record.ts';
import type { AppointmentId, InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { HostRoom } from './host-room.ts';
import type { HostEvent, OpenRoom } from './host-state.ts';
import { type PathFacts, readFacts } from './path-facts.ts';
import { measureSetUp } from './set-up-time.ts';

/** What is noted of a room. */
export type LoggedRoom = Pick<
  HostRoom,
  'state' | 'seats' | 'lastEvent' | 'wordsOf' | 'comparedWords' | 'evidenceOf' | 'onChange' | 'onHealth'
>;

/** Has not left yet: `leftAt` is empty. */
type Draft = {
  id: string;
  appointmentId: AppointmentId;
  startedAt: Date;
  guests: Map<InvitationId, RecordedGuest>;
  /** Until the first guest was seen or heard. */
  setUpMs?: number | undefined;
};

/** @param setUpMs from the call to the first guest's picture or sound; undefined when none came */
type OnEnded = (
  appointmentId: AppointmentId,
  record: ConsultationRecord,
  setUpMs: number | undefined,
) => void;

/** Notes what each consultation of a room was, and tells it when it is over. */
export class ConsultationLog {
  readonly #room: LoggedRoom;
  readonly #practitioner: { readonly value: string };
  readonly #onEnded: OnEnded;
  #draft: Draft | undefined;

  constructor(room: LoggedRoom, practitioner: { readonly value: string }, onEnded: OnEnded) {
    this.#room = room;
    this.#practitioner = practitioner;
    this.#onEnded = onEnded;
  }

  /** From the consultation that runs on. */
  begin(): void {
    this.#room.onChange(() => this.#follow());
    this.#room.onHealth(() => void this.#readPaths());
    this.#follow();
  }

  #follow(): void {
    const { state, lastEvent } = this.#room;
    if (state.kind === 'open' && state.consultation) this.#note(state, state.consultation);
    else this.#conclude(endedBy(lastEvent), new Date());
  }

  #note(state: OpenRoom, consultation: NonNullable<OpenRoom['consultation']>): void {
    const { seats } = this.#room;
    const appointmentId = state.participants.find(
      (one) => one.invitationId === consultation.invitationId,
    )?.appointmentId;
    if (!appointmentId) return;
    const isNew = this.#draft === undefined;
    this.#draft ??= {
      id: crypto.randomUUID(),
      appointmentId,
      startedAt: consultation.since,
      guests: new Map(),
    };
    const { guests } = this.#draft;
    const now = new Date().toISOString();
    const joinedAt = isNew ? consultation.since.toISOString() : now;
    for (const guest of guests.values()) guest.leftAt ||= now;
    for (const { invitationId, name, role } of seats) {
      const words = this.#room.wordsOf(invitationId);
      const before = guests.get(invitationId) ?? { joinedAt, paths: [], words: '' };
      guests.set(invitationId, {
        ...before,
        invitationId,
        name,
        role,
        leftAt: '',
        words: words?.join(' · ') ?? before.words,
        wordsCompared: words !== undefined && this.#room.comparedWords.has(words),
      });
    }
    if (!isNew) return;
    void this.#readPaths();
    void this.#measureSetUp(this.#draft, consultation.invitationId);
  }

  async #measureSetUp(draft: Draft, invitationId: InvitationId): Promise<void> {
    draft.setUpMs = await measureSetUp(
      () => this.#room.evidenceOf(invitationId),
      draft.startedAt,
      () => this.#draft !== draft,
    );
  }

  /** Ways change, and what was negotiated for media is known only once it flows. */
  async #readPaths(): Promise<void> {
    const draft = this.#draft;
    for (const [invitationId, { leftAt }] of draft?.guests ?? []) {
      if (leftAt) continue;
      const evidence = await this.#room.evidenceOf(invitationId);
      const facts = evidence && readFacts(evidence);
      const guest = draft?.guests.get(invitationId);
      if (facts && guest) guest.paths = withFacts(guest.paths, facts, new Date());
    }
  }

  #conclude(by: EndedBy, at: Date): void {
    const draft = this.#draft;
    this.#draft = undefined;
    if (!draft) return;
    const endedAt = at.toISOString();
    const guests = [...draft.guests.values()];
    const record: ConsultationRecord = {
      id: draft.id,
      startedAt: draft.startedAt.toISOString(),
      endedAt,
      endedBy: by,
      endedByName: by === 'participant' ? (guests.findLast(({ leftAt }) => !leftAt)?.name ?? '') : '',
      practitioner: this.#practitioner.value,
      suite,
      guests: guests.map((guest) => ({ ...guest, leftAt: guest.leftAt || endedAt })),
    };
    this.#onEnded(draft.appointmentId, record, draft.setUpMs);
  }
}

function endedBy(event: HostEvent | undefined): EndedBy {
  switch (event?.kind) {
    case 'ended':
      return 'host';
    case 'seat-left':
      return event.by;
    case 'peer':
      return 'insecure';
    default:
      return 'broken-off';
  }
}

/** A further entry only where something is another; the first way is kept, and the newest ones. */
export function withFacts(paths: RecordedPath[], facts: PathFacts, at: Date): RecordedPath[] {
  const last = paths.at(-1);
  const members = Object.keys(facts) as (keyof PathFacts)[];
  if (last && members.every((member) => last[member] === '' || last[member] === facts[member]))
    return [...paths.slice(0, -1), { since: last.since, ...facts }];
  const all = [...paths, { since: at.toISOString(), ...facts }];
  return all.length > maxRecordedPaths ? [...all.slice(0, 1), ...all.slice(1 - maxRecordedPaths)] : all;
}
