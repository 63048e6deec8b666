import { roomWindowLocked, type RoomWindowOpen, roomWindowOpen } from '@sprechzimmer/protocol/room-window.ts';

const askEveryMs = 2_000;
/** Once answered, asking goes on slowly: after a reload the practice app finds this window again only by that. */
const askAgainEveryMs = 15_000;

/** What this needs of `window`; a seam for tests. */
export type Surroundings = Pick<Window, 'addEventListener' | 'opener' | 'setTimeout'>;

/**
 * @param text the `host` parameter of the address
 * @returns a web origin in its exact form, or undefined
 */
export function readPracticeOrigin(text: string): string | undefined {
  try {
    const { origin, protocol } = new URL(text);
    return origin === text && (protocol === 'https:' || protocol === 'http:') ? origin : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Asks the practice app that opened this window for its ticket and today's participants, and hears what it tells later.
 *
 * The practice's origin comes from the address. Somebody else's page could open this window with an origin of its own;
 * then it is told nothing but "ready", and can give nothing but a ticket and keys that it has: it sees its own waiting
 * room. Messages of any other window or origin are not read, but that names are to be hidden.
 */
export function followPractice(
  page: Surroundings,
  origin: string,
  onOpen: (open: RoomWindowOpen) => void,
  onLocked: () => void,
): void {
  const practice = page.opener as Window;
  let answered = false;
  page.addEventListener('message', (event) => {
    if (event.origin !== origin) return;
    // A page that locks is gone before this is read, and with it the source; hiding names does no harm.
    if (roomWindowLocked.safeParse(event.data).success) onLocked();
    if (event.source !== practice) return;
    const message = roomWindowOpen.safeParse(event.data);
    if (!message.success) return;
    answered = true;
    onOpen(message.data);
  });
  function ask() {
    if (!practice.closed) practice.postMessage({ kind: 'room-window-ready' }, origin);
    page.setTimeout(ask, answered ? askAgainEveryMs : askEveryMs);
  }
  ask();
}
