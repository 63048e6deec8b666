import { type ReadonlySignal, signal } from '@preact/signals';
import { MembershipError } from '@sprechzimmer/membership/membership-error.ts';
import { createPracticeClient, type PracticeClient } from './api.ts';
import { type AppEvent, type AppState, nextState } from './app-state.ts';
import { pinHead, saveDevice, type StoredDevice, StorageBlockedError } from './device/key-store.ts';
import { tellLocked } from './lock/idle.ts';
import { replaceDocument, setLockMark } from './lock/lock.ts';
import { KeyMismatchError } from './practice/key-mismatch.ts';
import type { PracticeSession } from './practice/session.ts';
import { startWork } from './work.ts';

/** The state, what changes it, and how a session is entered and left; `practice-app.ts` is what pages see of it. */
export type AppCore = {
  state: ReadonlySignal<AppState>;
  client: PracticeClient;
  happened: (event: AppEvent) => void;
  /** Requests are signed with this device's key from here on. */
  useDevice: (device: StoredDevice) => void;
  /** A session was opened: goes on with the work that was there, or begins. */
  entered: (found: StoredDevice, session: PracticeSession) => Promise<void>;
  /** Runs a step; errors that end in a page of their own do, others go to whoever asked. */
  orExplain: (step: () => Promise<void>) => Promise<void>;
  lock: () => void;
};

/** After these nothing of the work stays. */
const endings: AppEvent['kind'][] = ['left', 'alarmed', 'keys-refused'];

export function createAppCore(origin: string): AppCore {
  const state = signal<AppState>({ kind: 'starting' });
  let device: StoredDevice | undefined;
  const client = createPracticeClient({
    origin,
    signer: () => device && { deviceId: device.deviceId, signKey: device.keys.sign.privateKey },
    onNotSignedIn: () => happened({ kind: 'session-ended' }),
    onLocked: () => leaveDocument(),
  });

  function happened(event: AppEvent): void {
    const before = state.value;
    state.value = nextState(before, event);
    // What was typed is kept only for the same person on this page.
    if (endings.includes(event.kind) && before.kind === 'signed-in') before.work.close();
  }
  async function entered(found: StoredDevice, session: PracticeSession): Promise<void> {
    const registered = { ...session.device, registered: true };
    if (!found.registered) await saveDevice(registered);
    await pinHead(session.device, session.log.head);
    device = registered;
    const before = state.value;
    const kept = before.kind === 'signed-out' ? before.work : undefined;
    const sameUser = kept?.session.user.id === session.user.id;
    if (kept && !sameUser) kept.close();
    const work = kept && sameUser ? kept : startWork({ client, opened: session, active, alarm, lock });
    happened({ kind: 'signed-in', device: registered, work });
    if (work === kept) {
      work.renew(session);
      void work.agenda.refresh();
    }
  }
  const active = () => state.value.kind === 'signed-in';
  /** Nothing stays of the page: neither on the screen nor in memory. */
  function leaveDocument(): void {
    const before = state.value;
    if (before.kind !== 'signed-in') return;
    before.work.room.lock();
    before.work.close();
    happened({ kind: 'leaving' });
    replaceDocument();
  }
  function lock(): void {
    if (!active()) return;
    const isMarked = setLockMark();
    tellLocked();
    if (isMarked) leaveDocument();
    else
      void client.practice
        .lock({})
        .catch(() => undefined)
        .then(leaveDocument);
  }
  /** @returns whether the error ends in a page of its own */
  function alarm(error: unknown): boolean {
    const event = pageOf(error);
    if (event) happened(event);
    return event !== undefined;
  }
  async function orExplain(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!alarm(error)) throw error;
    }
  }
  const useDevice = (next: StoredDevice) => {
    device = next;
  };
  return { state, client, happened, useDevice, entered, orExplain, lock };
}

/** Errors that end in a page of their own. */
function pageOf(error: unknown): AppEvent | undefined {
  if (error instanceof KeyMismatchError) return { kind: 'keys-refused' };
  if (error instanceof MembershipError) return { kind: 'alarmed', code: error.code };
  return error instanceof StorageBlockedError ? { kind: 'storage-refused' } : undefined;
}
