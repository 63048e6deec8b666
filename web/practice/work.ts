import { type ReadonlySignal, signal } from '@preact/signals';
import type { Tone } from '@sprechzimmer/design/notice.tsx';
import type { PracticeClient } from './api.ts';
import { createAgenda, type Agenda } from './appointment/agenda-loader.ts';
import { type Calendar, createCalendar } from './calendar/calendar.ts';
import { followConsents } from './appointment/follow-consents.ts';
import { followRecords } from './consultation/follow-records.ts';
import { pinHead } from './device/key-store.ts';
import { watchIdle } from './lock/idle.ts';
import { createRenewal, type Renewal } from './membership/renewal.ts';
import type { PracticeSession } from './practice/session.ts';
import { resumeSession } from './practice/sign-in.ts';
import { createViews, type Views } from './views.ts';
import { createRoomWindow, type RoomWindow } from './waiting-room/room-window.ts';

/** What a signed-in user works with; it ends with sign-out, not with a session that ran out. */
export type Work = {
  client: PracticeClient;
  /** What is known now; a page that reads it follows `reload`. */
  readonly session: PracticeSession;
  /** Fetches the session anew: users, devices, keys. @throws ApiError, KeyMismatchError, MembershipError */
  reload: () => Promise<void>;
  /** Goes on with a session that was opened after this work had begun. */
  renew: (session: PracticeSession) => void;
  agenda: Agenda;
  renewal: Renewal;
  views: Views;
  room: RoomWindow;
  /** Now, to the quarter minute: what "today", "next" and "over" are judged by. */
  clock: ReadonlySignal<Date>;
  calendar: Calendar;
  /** One sentence about what was just done; the next step clears it. */
  said: ReadonlySignal<string | undefined>;
  /** How it is said, and what can be done about it, such as taking it back. */
  saidMore: ReadonlySignal<SaidMore>;
  say: (sentence: string | undefined, more?: Partial<SaidMore>) => void;
  close: () => void;
};

export type SaidMore = { tone: Tone; offers: { label: string; choose: () => void }[] };

const tickMs = 15_000;

type WorkOptions = {
  client: PracticeClient;
  opened: PracticeSession;
  /** False while the session is over and nobody has signed in again. */
  active: () => boolean;
  /** What a fetched session shows is not to be believed: the app is to end here. */
  alarm: (error: unknown) => void;
  lock: () => void;
};

export function startWork({ client, opened, active, alarm, lock }: WorkOptions): Work {
  const current = signal(opened);
  const session = () => current.value;
  const closing = new AbortController();
  const clock = signal(new Date());
  const said = signal<string | undefined>(undefined);
  const saidMore = signal<SaidMore>({ tone: 'good', offers: [] });
  const timer = setInterval(() => {
    clock.value = new Date();
  }, tickMs);
  closing.signal.addEventListener('abort', () => clearInterval(timer));
  watchIdle({
    minutes: () => (active() ? current.value.practice.lockAfterMinutes : 0),
    lock: () => active() && lock(),
    signal: closing.signal,
  });
  async function reload(): Promise<void> {
    try {
      current.value = await resumeSession(client, current.value.device);
    } catch (error) {
      alarm(error);
      throw error;
    }
    const { device, log } = current.value;
    await pinHead(device, log.head);
  }
  const agenda = createAgenda({ client, session, reload, clock, active, signal: closing.signal });
  const renewal = createRenewal({ client, session, reload, active, signal: closing.signal });
  if (opened.view.staleRecords > 0) renewal.start();
  const work: Work = {
    client,
    get session() {
      return current.value;
    },
    reload,
    renew: (session) => {
      current.value = session;
      if (session.view.staleRecords > 0) renewal.start();
    },
    agenda,
    renewal,
    clock,
    calendar: createCalendar({ client, session, reload, clock, active, signal: closing.signal }),
    said,
    saidMore,
    say: (sentence, more = {}) => {
      saidMore.value = { tone: 'good', offers: [], ...more };
      said.value = sentence;
    },
    views: createViews(closing.signal),
    room: createRoomWindow({ client, session, agenda, clock, active, signal: closing.signal }),
    close: () => closing.abort(),
  };
  followConsents(work, closing.signal);
  followRecords(work, active, closing.signal);
  return work;
}
