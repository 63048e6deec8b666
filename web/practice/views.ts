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
};

export type View =
  | { kind: 'today' }
  | { kind: 'own' | 'password' | 'second-factor' | 'users' | 'add-user' | 'events' | 'settings' }
  | { kind: 'user'; userId: UserId }
  | { kind: 'form'; editing: Editing }
  | { kind: 'invitation'; entry: ReadableEntry }
  | { kind: 'devices' }
  /** After a removal: new codes for what is to come. */
  | { kind: 'new-codes' }
  /** The code of a new device is typed here; `code` comes from a scanned link. */
  | { kind: 'approve'; code: string };

/** A page that opens from the menu: it needs nothing but the session. */
export type MenuView = Exclude<
  View['kind'],
  'today' | 'form' | 'invitation' | 'user' | 'approve' | 'new-codes'
>;

export type Views = {
  current: ReadonlySignal<View>;
  /** Set while the person is asked whether typed text may be thrown away. */
  leaving: ReadonlySignal<boolean>;
  unsaved: () => boolean;
  /** Opens a view one step away from today's list. */
  open: (view: Exclude<View, { kind: 'today' }>) => void;
  /** Keeps what is typed. */
  type: (form: AppointmentForm) => void;
  /** Back to the list, asking first if typed text would be lost. */
  leave: () => void;
  /** Back to the list without asking: the text is saved, or may go. */
  close: () => void;
  stay: () => void;
};

/**
 * Which page is shown. The browser's own "back" leads to the list as the buttons do: everything that is not the list
 * is one step of history away from it.
 */
export function createViews(ended: AbortSignal): Views {
  const current = signal<View>({ kind: 'today' });
  const leaving = signal(false);

  function unsaved(): boolean {
    const view = current.value;
    return view.kind === 'form' && !sameForm(view.editing.form, view.editing.opened);
  }
  function close(): void {
    leaving.value = false;
    if (current.value.kind === 'today') return;
    current.value = { kind: 'today' };
    history.back();
  }
  function wentBack(): void {
    if (unsaved()) {
      history.pushState(null, '');
      leaving.value = true;
      return;
    }
    current.value = { kind: 'today' };
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
      if (current.value.kind === 'today') history.pushState(null, '');
      current.value = view;
    },
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
