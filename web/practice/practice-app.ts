import { type ReadonlySignal, signal } from '@preact/signals';
import { MembershipError } from '@sprechzimmer/membership/membership-error.ts';
import { ApiError, createPracticeClient, type PracticeClient } from './api.ts';
import { type AppEvent, type AppState, nextState } from './app-state.ts';
import {
  findDevice,
  keepStorage,
  pinHead,
  saveDevice,
  type StoredDevice,
  StorageBlockedError,
} from './device/key-store.ts';
import { KeyMismatchError } from './practice/key-mismatch.ts';
import type { PracticeSession } from './practice/session.ts';
import { resumeSession, signInAtDevice } from './practice/sign-in.ts';
import { startWork } from './work.ts';

export type PracticeApp = {
  state: ReadonlySignal<AppState>;
  client: PracticeClient;
  /** Finds out where this browser stands; again after `unreachable`. */
  start: () => Promise<void>;
  register: () => void;
  /** This browser has become a device: requests are signed with its key from here on. */
  useDevice: (device: StoredDevice) => void;
  /** Takes up the session that the device already has. @throws ApiError */
  resume: (device: StoredDevice) => Promise<void>;
  /** @throws ApiError */
  signIn: (device: StoredDevice, email: string, password: string) => Promise<void>;
  /** @throws ApiError `OFFLINE`: still signed in */
  signOut: () => Promise<void>;
};

export function createPracticeApp(origin: string): PracticeApp {
  const state = signal<AppState>({ kind: 'starting' });
  let device: StoredDevice | undefined;
  const client = createPracticeClient({
    origin,
    signer: () => device && { deviceId: device.deviceId, signKey: device.keys.sign.privateKey },
    onNotSignedIn: () => happened({ kind: 'session-ended' }),
  });

  function happened(event: AppEvent): void {
    const before = state.value;
    state.value = nextState(before, event);
    // What was typed is kept only for the same person on this page.
    if (event.kind === 'left' && before.kind === 'signed-in') before.work.close();
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
    const work = kept && sameUser ? kept : startWork({ client, opened: session, active, alarm });
    happened({ kind: 'signed-in', device: registered, work });
    if (work === kept) {
      work.renew(session);
      void work.agenda.refresh();
    }
  }
  const active = () => state.value.kind === 'signed-in';
  /** Errors that end in a page of their own. @returns whether it was one */
  function alarm(error: unknown): boolean {
    if (error instanceof KeyMismatchError) happened({ kind: 'keys-refused' });
    else if (error instanceof MembershipError) happened({ kind: 'alarmed', code: error.code });
    else if (error instanceof StorageBlockedError) happened({ kind: 'storage-refused' });
    else return false;
    return true;
  }
  /** Other errors go to whoever asked. */
  async function orExplain(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!alarm(error)) throw error;
    }
  }
  const resume = (device: StoredDevice) =>
    orExplain(async () => entered(device, await resumeSession(client, device)));

  async function start(): Promise<void> {
    await orExplain(async () => {
      const found = await findDevice();
      if (found.kind !== 'device') {
        happened({ kind: 'device-missing', lost: found.kind === 'lost' });
        return;
      }
      device = found.device;
      try {
        await resume(found.device);
      } catch (error) {
        const signedOut = error instanceof ApiError && error.code === 'NOT_SIGNED_IN';
        happened({ kind: signedOut ? 'not-signed-in' : 'server-silent', device: found.device });
      }
    });
  }

  return {
    state,
    client,
    start,
    register: () => happened({ kind: 'register' }),
    useDevice: (next) => {
      device = next;
    },
    resume,
    signIn: (device, email, password) =>
      orExplain(async () => {
        await entered(device, await signInAtDevice(client, device, email, password));
        void keepStorage(); // here and not at each start: some browsers ask the person
      }),
    signOut: async () => {
      try {
        await client.practice.signOut({});
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'NOT_SIGNED_IN') throw error;
      }
      happened({ kind: 'left' });
    },
  };
}
