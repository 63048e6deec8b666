import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { language } from '@sprechzimmer/design/i18n.ts';
import { type RoomWindowOpen, roomWindowReady } from '@sprechzimmer/protocol/room-window.ts';
import type { HostTicket } from '@sprechzimmer/protocol/waiting-room.ts';
import type { PracticeClient } from '../api.ts';
import type { Agenda } from '../appointment/agenda-loader.ts';
import { localTime } from '../appointment/calendar-day.ts';
import type { PracticeSession } from '../practice/session.ts';
import { expectedOn } from './expected.ts';

type RoomWindowState =
  | { kind: 'closed' }
  /** The browser kept the window from opening. */
  | { kind: 'blocked' }
  | { kind: 'open'; as: 'window' | 'tab' }
  /** The window is there, but the server gave no ticket for it. */
  | { kind: 'no-ticket' };

/** The practitioner's call window: the room app, on its own origin, that this page hands tickets and keys to. */
export type RoomWindow = {
  state: ReadonlySignal<RoomWindowState>;
  /** Where the window goes; also for a link where the browser blocks windows. */
  address: string;
  /** Opens the window, or brings the open one to the front. Call it in the click itself. */
  open: () => void;
  /** The practice app locks: the window is to name nobody until it hears of this page again. */
  lock: () => void;
  /** Asks for a ticket once more after `no-ticket`. */
  retry: () => void;
};

export const roomWindowName = 'sprechzimmer-room';
const windowWidth = 480;
const windowHeight = 640;
const watchMs = 2_000;

type RoomWindowOptions = {
  client: PracticeClient;
  session: () => PracticeSession;
  agenda: Agenda;
  clock: ReadonlySignal<Date>;
  active: () => boolean;
  signal: AbortSignal;
};

export function createRoomWindow(options: RoomWindowOptions): RoomWindow {
  const { client, session, agenda, clock, active, signal: ended } = options;
  const { roomOrigin } = session();
  const address = `${roomOrigin}/?host=${encodeURIComponent(location.origin)}`;
  const state = signal<RoomWindowState>({ kind: 'closed' });
  const requestTicket = createTickets(client);
  let room: Window | undefined;
  let as: 'window' | 'tab' = 'window';
  let lastSent = '';

  function open(): void {
    if (room && !room.closed) {
      room.focus();
      return;
    }
    const opened = openOrFind(address);
    if (!opened) {
      state.value = { kind: 'blocked' };
      return;
    }
    room = opened;
    as = 'window';
    lastSent = '';
    state.value = { kind: 'open', as };
    void requestTicket().catch(() => undefined); // begun now, awaited when the window asks
  }
  async function answer(): Promise<void> {
    const asking = room;
    try {
      const { ticket } = await requestTicket();
      if (!asking || asking !== room || asking.closed || ended.aborted) return;
      const message = tell(ticket);
      lastSent = JSON.stringify(message);
      asking.postMessage(message, roomOrigin);
      state.value = { kind: 'open', as };
    } catch {
      if (asking === room && !ended.aborted) state.value = { kind: 'no-ticket' };
    }
  }
  const tell = (ticket: string) => messageFor(ticket, options);
  function handleMessage(event: MessageEvent<unknown>): void {
    if (event.origin !== roomOrigin || !active() || !roomWindowReady.safeParse(event.data).success) return;
    const source = event.source as Window | null;
    if (!source) return;
    // After a reload of this page, or opened by the link as a tab, it is known only by its asking.
    if (!room || room.closed) {
      room = source;
      as = state.value.kind === 'blocked' ? 'tab' : 'window';
    }
    if (room === source) void answer();
  }
  async function tellChanges(): Promise<void> {
    if (!room || room.closed || lastSent === '' || !active()) return;
    const { ticket } = await requestTicket();
    if (JSON.stringify(tell(ticket)) !== lastSent) await answer();
  }

  addEventListener('message', handleMessage, { signal: ended });
  const stopFollowing = effect(() => {
    void [agenda.state.value, clock.value, language.value];
    void tellChanges().catch(() => undefined); // no ticket now: the next change or tick tries again
  });
  const watch = setInterval(() => {
    if (room?.closed) {
      room = undefined;
      state.value = { kind: 'closed' };
    }
  }, watchMs);
  ended.addEventListener('abort', () => {
    stopFollowing();
    clearInterval(watch);
  });
  const lock = () => room?.postMessage({ kind: 'room-window-locked' }, roomOrigin);
  return { state, address, open, lock, retry: () => void answer() };
}

/** All that the room is told of today. */
function messageFor(ticket: string, { session, agenda, clock }: RoomWindowOptions): RoomWindowOpen {
  const today = localTime(clock.value, session().practice.timeZone).day;
  const { entries } = agenda.state.value;
  const expected = expectedOn(today, session().user.id, entries, session().view.practice);
  return {
    kind: 'room-window-open',
    ticket,
    practitioner: session().user.name,
    language: language.value,
    hideAddress: session().practice.hideAddress,
    expected,
  };
}

/** One ticket for as long as it is good; a failed request is forgotten. */
function createTickets(client: PracticeClient): () => Promise<HostTicket> {
  let current: Promise<HostTicket> | undefined;
  let expiresAtMs = 0;
  return async () => {
    if (!current || expiresAtMs < Date.now()) {
      expiresAtMs = Infinity;
      current = client.waitingRoom.hostTicket({});
    }
    try {
      const ticket = await current;
      expiresAtMs = Date.parse(ticket.expiresAt);
      return ticket;
    } catch (error) {
      current = undefined;
      throw error;
    }
  };
}

/** Where a screen begins among several; browsers know it, TypeScript's library does not. */
type Screen = { availWidth: number; availLeft?: number; availTop?: number };

/** At the top of the screen that this page is on, in the middle: most webcams look from there. */
export function nearWebcam({ availWidth, availLeft = 0, availTop = 0 }: Screen): {
  left: number;
  top: number;
} {
  return { left: availLeft + Math.max(0, Math.round((availWidth - windowWidth) / 2)), top: availTop };
}

/**
 * Asking for the name alone finds a window that is open already without reloading it: a consultation in it goes on.
 * @returns undefined when the browser blocks windows
 */
function openOrFind(address: string): Window | undefined {
  const { left, top } = nearWebcam(screen);
  const features = `popup,width=${windowWidth},height=${windowHeight},left=${left},top=${top}`;
  const found = window.open('', roomWindowName, features);
  if (!found) return undefined;
  if (isBlank(found)) found.location.href = address;
  else found.focus();
  return found;
}

/** A window of the room's origin does not let this page look at it; an empty one does. */
function isBlank(found: Window): boolean {
  try {
    return found.location.href === 'about:blank';
  } catch {
    return false;
  }
}
