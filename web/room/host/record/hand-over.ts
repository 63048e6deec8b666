import {
  roomWindowOpened,
  type RoomWindowRecord,
  roomWindowRecordTaken,
} from '@sprechzimmer/protocol/room-window-record.ts';

/** The practice app: the window that opened this one, and the origin by which it is known. */
export type PracticeApp = { page: Pick<Window, 'postMessage' | 'closed'>; origin: string };

type Surroundings = Pick<Window, 'addEventListener'>;

export type HandOver = { add(message: RoomWindowRecord): void };

/**
 * Hands records over to the practice app: at once, and again whenever it is heard of, until it says that it has them.
 * Until then they are in this window's memory and nowhere else.
 */
export function handOver(
  page: Surroundings,
  practice: PracticeApp,
  onTaken: (id: string, outcome: 'kept' | 'gone') => void,
): HandOver {
  const waiting = new Map<string, RoomWindowRecord>();

  function send(message: RoomWindowRecord): void {
    if (!practice.page.closed) practice.page.postMessage(message, practice.origin);
  }
  page.addEventListener('message', (event) => {
    if (event.origin !== practice.origin || event.source !== practice.page) return;
    const taken = roomWindowRecordTaken.safeParse(event.data);
    if (taken.success) {
      const { id, outcome } = taken.data;
      if (waiting.delete(id)) onTaken(id, outcome);
    } else if (roomWindowOpened.safeParse(event.data).success) {
      for (const message of waiting.values()) send(message);
    }
  });
  page.addEventListener('beforeunload', (event) => {
    if (waiting.size > 0) event.preventDefault();
  });
  return {
    add(message) {
      waiting.set(message.record.id, message);
      send(message);
    },
  };
}
