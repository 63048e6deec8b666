import { type ReadonlySignal, signal } from '@preact/signals';
import type { ChatEntry } from '@sprechzimmer/call/chat.ts';
import { HostRoom } from '@sprechzimmer/call/host-room.ts';
import type { HostState } from '@sprechzimmer/call/host-state.ts';
import type { RoomWindowOpen } from '@sprechzimmer/protocol/room-window.ts';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { openOwnDevices, type OwnDevices } from '../devices/own-devices.ts';
import { follow } from '../follow.ts';

type HoursView = {
  state: HostState;
  words: readonly string[] | undefined;
  path: 'direct' | 'relayed' | undefined;
  chat: readonly ChatEntry[];
};

/** One opening of the host's window. */
export type Hours = { room: HostRoom; practitioner: string; view: ReadonlySignal<HoursView> };

export type ConsultingHours = {
  own: OwnDevices;
  hours: ReadonlySignal<Hours | undefined>;
  /** What the practice app tells: the first opens, later ones bring it up to date. */
  hear: (message: RoomWindowOpen) => void;
};

export function startConsultingHours(): ConsultingHours {
  const own = openOwnDevices();
  const hours = signal<Hours>();
  let ticket: string | undefined;

  function hear(message: RoomWindowOpen) {
    const current = hours.value;
    // A ticket that was refused, of yesterday for instance, closed the room for good; a new one opens a new room.
    const refused = current?.room.state.kind === 'refused';
    if (current && !refused) {
      current.room.update({ ticket: message.ticket, expected: message.expected });
    } else if (!current || message.ticket !== ticket) {
      current?.room.close();
      hours.value = openHours(message, own);
    }
    ticket = message.ticket;
  }
  return { own, hours, hear };
}

function openHours({ ticket, practitioner, expected }: RoomWindowOpen, own: OwnDevices): Hours {
  const signallingUrl = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${signallingPath}`;
  const room = new HostRoom({ signallingUrl, ticket, practitioner, expected, media: own.media });
  void own.start();
  const view = follow(room, () => ({
    state: room.state,
    words: room.words,
    path: room.path,
    chat: room.chat,
  }));
  room.onChange(() => {
    const { kind } = room.state;
    if (kind === 'refused' || kind === 'replaced') own.stop();
  });
  return { room, practitioner, view };
}
