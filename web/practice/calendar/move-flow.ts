import { type ReadonlySignal, signal } from '@preact/signals';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import { ApiError } from '../api.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { moveAppointment } from '../appointment/change.ts';
import { formRules } from '../appointment/form-rules.ts';
import type { Work } from '../work.ts';
import { sayMoved } from './after-change.ts';
import { type Slot, sameSlot, type SlotProblem, slotOf, slotProblem } from './slot.ts';

export type MoveTarget = Slot & { practitionerId: UserId };

type MoveState =
  | { kind: 'still' }
  /** Another day: the codes that were sent would die. */
  | { kind: 'asking'; entry: ReadableEntry; to: MoveTarget }
  | { kind: 'moving' }
  /** It stands where it was again. */
  | { kind: 'impossible'; problem: SlotProblem }
  | { kind: 'failed'; entry: ReadableEntry; to: MoveTarget; error: unknown };

/** Moves one appointment at a time: shown at once where it is to be, and back where it was if that fails. */
export type MoveFlow = {
  state: ReadonlySignal<MoveState>;
  request: (entry: ReadableEntry, to: MoveTarget) => void;
  /** Yes to the question, or once more after a failure. */
  go: () => void;
  /** No to the question; also takes a failure off the page. */
  leave: () => void;
};

/** @param onMoved the appointment as it now stands */
export function createMoveFlow(
  work: Work,
  onMoved: (now: ReadableEntry) => void = () => undefined,
): MoveFlow {
  const { loader } = work.calendar;
  const state = signal<MoveState>({ kind: 'still' });
  let release: () => void = () => undefined;

  function request(entry: ReadableEntry, to: MoveTarget): void {
    if (state.value.kind === 'moving' || state.value.kind === 'asking') return;
    work.say(undefined);
    const from = { ...slotOf(entry), practitionerId: entry.stored.practitionerId };
    const problem = slotProblem(to, formRules(work));
    if (problem || (sameSlot(from, to) && from.practitionerId === to.practitionerId)) {
      state.value = problem ? { kind: 'impossible', problem } : { kind: 'still' };
      loader.put({ ...entry });
      return;
    }
    release = loader.hold();
    loader.put(preview(entry, to));
    if (to.day !== entry.stored.day) state.value = { kind: 'asking', entry, to };
    else void move(entry, to);
  }
  async function move(entry: ReadableEntry, to: MoveTarget): Promise<void> {
    state.value = { kind: 'moving' };
    try {
      const now = await moveAppointment(work, entry, to);
      state.value = { kind: 'still' };
      sayMoved(work, entry, now);
      onMoved(now);
    } catch (error) {
      loader.put(entry);
      state.value = { kind: 'failed', entry, to, error };
      if (error instanceof ApiError && error.code !== 'OFFLINE') void work.agenda.refresh();
    }
    release();
  }
  return {
    state,
    request,
    go: () => {
      const { value } = state;
      if (value.kind === 'asking') void move(value.entry, value.to);
      if (value.kind !== 'failed') return;
      state.value = { kind: 'still' };
      request(value.entry, value.to);
    },
    leave: () => {
      const { value } = state;
      state.value = { kind: 'still' };
      if (value.kind !== 'asking') return;
      loader.put(value.entry);
      release();
    },
  };
}

function preview(entry: ReadableEntry, to: MoveTarget): ReadableEntry {
  const { day, time, durationMinutes, practitionerId } = to;
  return {
    ...entry,
    stored: { ...entry.stored, day, practitionerId },
    record: { ...entry.record, time, durationMinutes },
  };
}
