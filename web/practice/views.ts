import { type ReadonlySignal, signal } from '@preact/signals';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import type { ReadableEntry } from './appointment/agenda.ts';
import { type AppointmentForm, sameForm } from './appointment/form.ts';
import type { Draft } from './appointment/save.ts';

/** An appointment being written: it survives a failed save and a session that ran out. */
export type Editing = {
  draft: Draft;
  /** What the fields held when the form opened, to know if anything would be lost. */
  opened: AppointmentForm;
  form: AppointmentForm;
  /** The appointment is for this moment: saving it opens the consulting room, too. */
  startsNow?: true;
};

/** The pages that the desk's header leads to. */
export type HomeView = { kind: 'today' | 'calendar' | 'contacts' };

export type View =
  | HomeView
  | {
      kind: 'own' | 'password' | 'second-factor' | 'users' | 'add-user' | 'events';
    }
  | {
      kind: 'settings' | 'templates' | 'consent' | 'billing' | 'network' | 'retention';
    }
  | { kind: 'user'; userId: UserId }
  | { kind: 'form'; editing: Editing }
  /** One appointment with what can be done with it, where there is no room beside the calendar. */
  | { kind: 'appointment'; entry: ReadableEntry }
  | { kind: 'invitation'; entry: ReadableEntry }
  /** Tells those invited that their appointment was moved or cancelled. */
  | { kind: 'tell'; entry: ReadableEntry; reason: 'moved' | 'cancelled' }
  | { kind: 'devices' }
  /** After a removal: new codes for what is to come. */
  | { kind: 'new-codes' }
  /** The code of a new device is typed here; `code` comes from a scanned link. */
  | { kind: 'approve'; code: string };

/** A page that opens from the menu: it needs nothing but the session. */
export type MenuView = Exclude<
  View['kind'],
  HomeView['kind'] | 'form' | 'appointment' | 'invitation' | 'tell' | 'user' | 'approve' | 'new-codes'
>;

export type Views = {
  current: ReadonlySignal<View>;
  /** Set while the person is asked whether typed text may be thrown away. */
  leaving: ReadonlySignal<boolean>;
  unsaved: () => boolean;
  /** Opens a page above the home page that is open, in place of another one that is. */
  open: (view: Exclude<View, HomeView>) => void;
  /** Goes to one of the home pages; today's list is below all others. */
  goHome: (kind: HomeView['kind']) => void;
  /** Keeps what is typed. */
  type: (form: AppointmentForm) => void;
  /** Back to the page below, asking first if typed text would be lost. */
  leave: () => void;
  /** Back to the page below without asking: the text is saved, or may go. */
  close: () => void;
  stay: () => void;
};

const homeKinds: View['kind'][] = ['today', 'calendar', 'contacts'];

export function isHome(view: View): view is HomeView {
  return homeKinds.includes(view.kind);
}

/**
 * Which page is shown. Pages lie upon each other, today's list below all: perhaps another home page, perhaps one page
 * more. The browser's own "back" takes the uppermost off as the buttons do: each is one step of history.
 */
export function createViews(ended: AbortSignal): Views {
  const today: View = { kind: 'today' };
  const below: View[] = [];
  const current = signal<View>(today);
  const leaving = signal(false);
  /** Where today's list stands in the browser's history. */
  let ground = levelOf(history.state);

  const unsaved = () => hasUnsaved(current.value);
  function put(view: View): void {
    below.push(current.value);
    current.value = view;
    history.pushState({ level: ground + below.length }, '');
  }
  /** Takes pages off until so many lie below the uppermost; the history follows. */
  function takeOff(depth: number): void {
    current.value = below[depth] ?? current.value;
    below.length = Math.min(below.length, depth);
  }
  function close(): void {
    leaving.value = false;
    if (below.length === 0) return;
    takeOff(below.length - 1);
    history.back();
  }
  function wentBack(event: PopStateEvent): void {
    const level = levelOf(event.state);
    ground = Math.min(ground, level);
    const depth = level - ground;
    if (depth > below.length) history.go(below.length - depth); // forward leads nowhere
    if (depth >= below.length) return;
    if (unsaved()) {
      history.pushState({ level: ground + below.length }, '');
      leaving.value = true;
      return;
    }
    takeOff(depth);
  }
  function goHome(kind: HomeView['kind']): void {
    leaving.value = false;
    const lowest = kind === 'today' ? 0 : 1;
    const steps = below.length - lowest;
    takeOff(lowest);
    if (steps > 0) history.go(-steps);
    if (kind === 'today') return;
    if (below.length === 0) put({ kind });
    else current.value = { kind };
  }
  function beforeUnload(event: BeforeUnloadEvent): void {
    if (unsaved()) event.preventDefault();
  }

  addEventListener('popstate', wentBack, { signal: ended });
  addEventListener('beforeunload', beforeUnload, { signal: ended });
  return {
    current,
    leaving,
    unsaved,
    open: (view) => {
      if (isHome(current.value)) put(view);
      else current.value = view;
    },
    goHome,
    type: (form) => {
      const view = current.value;
      if (view.kind === 'form') current.value = { kind: 'form', editing: { ...view.editing, form } };
    },
    leave: () => {
      if (unsaved()) leaving.value = true;
      else close();
    },
    close,
    stay: () => {
      leaving.value = false;
    },
  };
}

function hasUnsaved(view: View): boolean {
  return view.kind === 'form' && !sameForm(view.editing.form, view.editing.opened);
}

function levelOf(state: unknown): number {
  if (typeof state !== 'object' || state === null || !('level' in state)) return 0;
  return typeof state.level === 'number' ? state.level : 0;
}
