import { type ReadonlySignal, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { ConsultationLog } from '@sprechzimmer/call/consultation-log.ts';
import type { HostRoom } from '@sprechzimmer/call/host-room.ts';
import { AfterLast } from './after-last.tsx';
import { handOver, type PracticeApp } from './hand-over.ts';
import { type LastRecord, RecordPage } from './record-page.tsx';

export type Records = {
  /** The record of the last consultation is looked at, in place of the queue. */
  isShown: ReadonlySignal<boolean>;
  Page: ComponentType;
  /** How long the last consultation was, and the way to its record. */
  AfterLast: ComponentType;
};

/** Makes a record of each consultation of a room, from the one that runs on. */
export function keepRecords(
  room: HostRoom,
  practitioner: ReadonlySignal<string>,
  practice: PracticeApp | undefined,
): Records {
  const last = signal<LastRecord>();
  const isShown = signal(false);
  const way =
    practice &&
    handOver(window, practice, (id, outcome) => {
      if (last.value?.record.id === id) last.value = { ...last.value, whereabouts: outcome };
    });
  const log = new ConsultationLog(room, practitioner, (appointmentId, record, setUpMs) => {
    isShown.value = false;
    last.value = { record, whereabouts: way ? 'under-way' : 'only-here' };
    const line = { way: record.guests[0]?.paths[0]?.way ?? null, setUpMs: setUpMs ?? null };
    way?.add({ kind: 'room-window-record', appointmentId, record, line });
  });
  log.begin();
  return {
    isShown,
    Page: () => last.value && <RecordPage {...last.value} onBack={() => (isShown.value = false)} />,
    AfterLast: () => last.value && <AfterLast {...last.value} onShow={() => (isShown.value = true)} />,
  };
}
