import { type ReadonlySignal, signal } from '@preact/signals';
import type { ChatEntry } from '@sprechzimmer/call/chat.ts';
import { HostRoom, type HostRoomOptions } from '@sprechzimmer/call/host-room.ts';
import type { HostState } from '@sprechzimmer/call/host-state.ts';
import type { PathHealth } from '@sprechzimmer/call/path-health.ts';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { openOwnDevices, type OwnDevices } from '../devices/own-devices.ts';
import { sweepReceivedFiles } from '../files/tool.ts';
import { follow } from '../follow.ts';
import type { PracticeApp } from './record/hand-over.ts';
import type { Records } from './record/records.tsx';

type HoursView = {
  state: HostState;
  words: readonly string[] | undefined;
  path: 'direct' | 'relayed' | undefined;
  chat: readonly ChatEntry[];
  wordsToCompare: HostRoom['wordsToCompare'];
  /** To a host code. */
  card: string | undefined;
};

/** Who holds, and whom they expect. */
type Opening = Pick<HostRoomOptions, 'greeting' | 'practitioner' | 'expected' | 'hideAddress'>;

/** One opening of the host's window. */
export type Hours = {
  room: HostRoom;
  practitioner: ReadonlySignal<string>;
  view: ReadonlySignal<HoursView>;
  /** Apart from `view`, since it is new each second. */
  health: ReadonlySignal<PathHealth | undefined>;
  /** Loaded with the first consultation. */
  records: ReadonlySignal<Records | undefined>;
};

export type ConsultingHours = {
  own: OwnDevices;
  hours: ReadonlySignal<Hours | undefined>;
  /** The first opens, later ones bring it up to date. @returns whether a room was opened: its devices are to run */
  hear: (opening: Opening) => boolean;
};

/** @param practice who keeps the records of what was held; undefined: nobody */
export function startConsultingHours(practice?: PracticeApp): ConsultingHours {
  void sweepReceivedFiles();
  const own = openOwnDevices();
  const hours = signal<Hours>();
  const practitioner = signal('');
  let greeting: string | undefined;

  function hear(opening: Opening) {
    const current = hours.value;
    const next = JSON.stringify(opening.greeting);
    practitioner.value = opening.practitioner;
    // A ticket that was refused, of yesterday for instance, closed the room for good; a new one opens a new room.
    const refused = current?.room.state.kind === 'refused';
    const isNew = !current || (refused && next !== greeting);
    if (current && !refused) current.room.update(opening);
    if (isNew) {
      current?.room.close();
      hours.value = openHours(opening, practitioner, own, practice);
    }
    greeting = next;
    return isNew;
  }
  return { own, hours, hear };
}

function openHours(
  opening: Opening,
  practitioner: ReadonlySignal<string>,
  own: OwnDevices,
  practice: PracticeApp | undefined,
): Hours {
  const signallingUrl = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${signallingPath}`;
  const room = new HostRoom({ ...opening, signallingUrl, media: own.media });
  const view = follow(room, () => ({
    state: room.state,
    words: room.words,
    path: room.path,
    chat: room.chat,
    wordsToCompare: room.wordsToCompare,
    card: room.card,
  }));
  const health = follow({ onChange: (listener) => room.onHealth(listener) }, () => room.health);
  room.onChange(() => {
    const { kind } = room.state;
    if (kind === 'refused' || kind === 'replaced') own.stop();
  });
  return { room, practitioner, view, health, records: followRecords(room, practitioner, practice) };
}

function followRecords(
  room: HostRoom,
  practitioner: ReadonlySignal<string>,
  practice: PracticeApp | undefined,
): Hours['records'] {
  const records = signal<Records>();
  let loading: Promise<void> | undefined;
  room.onChange(() => {
    if (records.value || room.state.kind !== 'open' || !room.state.consultation) return;
    loading ??= import('./record/records.tsx')
      .then(({ keepRecords }) => void (records.value = keepRecords(room, practitioner, practice)))
      .catch(() => void (loading = undefined)); // the next change tries again
  });
  return records;
}
