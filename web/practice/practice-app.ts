import { type ReadonlySignal, signal } from '@preact/signals';
import { MembershipError } from '@sprechzimmer/membership/membership-error.ts';
import { attempts } from '@sprechzimmer/protocol/error-data.ts';
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
import { tellLocked } from './lock/idle.ts';
import { catchUpLock, replaceDocument, setLockMark } from './lock/lock.ts';
import { renewIfDue } from './membership/change-as-user.ts';
import { KeyMismatchError } from './practice/key-mismatch.ts';
import type { PracticeSession } from './practice/session.ts';
import { type Credentials, resumeSession, signInAtDevice } from './practice/sign-in.ts';
import { activateUser } from './user/activate.ts';
import { startWork } from './work.ts';

export type PracticeApp = {
  state: ReadonlySignal<AppState>;
  client: PracticeClient;
  /** Finds out where this browser stands; again after `unreachable`. */
  start: () => Promise<void>;
  register: () => void;
  /** Asks an existing practice to take this browser in. */
  join: () => void;
  /** All devices of an existing practice are lost. */
  recover: () => void;
  /** Back to the first page of a browser that is no device. */
  turnBack: () => void;
  /** This browser has become a device: requests are signed with its key from here on. */
  useDevice: (device: StoredDevice) => void;
  /** Takes up the session that the device already has. @throws ApiError */
  resume: (device: StoredDevice) => Promise<void>;
  /** @throws ApiError */
  signIn: (device: StoredDevice, credentials: Credentials) => Promise<void>;
  /** A new user's first sign-in, with their printed code. @throws ApiError */
  activate: (device: StoredDevice, code: string, password: string) => Promise<void>;
  /** Takes everything off the screen and out of memory; the document ends with it. */
  lock: () => void;
  /** @throws ApiError `LOCKED` for a wrong password */
  unlock: (device: StoredDevice, password: string) => Promise<void>;
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
    onLocked: () => leaveDocument(),
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
        await catchUpLock(client);
        await resume(found.device);
      } catch (error) {
        happened({ kind: whyNot(error), device: found.device });
      }
    });
  }

  return {
    state,
    client,
    start,
    register: () => happened({ kind: 'register' }),
    ...doorsOf(happened),
    useDevice: (next) => {
      device = next;
    },
    resume,
    lock,
    activate: (device, code, password) =>
      orExplain(async () => entered(device, await activateUser(client, device, code, password))),
    unlock: async (device, password) => {
      try {
        await client.practice.unlock({ password });
      } catch (error) {
        happened({ kind: 'unlock-refused', attemptsLeft: readAttemptsLeft(error) });
        throw error;
      }
      await resume(device);
    },
    signIn: (device, credentials) =>
      orExplain(async () => {
        await entered(device, await signInAtDevice(client, device, credentials));
        goOnRenewing(state.value, credentials.password);
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

/** The ways in for a browser that is no device. */
function doorsOf(happened: (event: AppEvent) => void): Pick<PracticeApp, 'join' | 'recover' | 'turnBack'> {
  return {
    join: () => happened({ kind: 'join' }),
    recover: () => happened({ kind: 'recover' }),
    turnBack: () => happened({ kind: 'device-missing', lost: false }),
  };
}

/** An interrupted change of the practice's key goes on by itself; if it cannot, the start page asks for the password. */
function goOnRenewing(state: AppState, password: string): void {
  if (state.kind === 'signed-in') void renewIfDue(state.work, password).catch(() => undefined);
}

/** What a start that opened nothing found instead. */
function whyNot(error: unknown): 'not-signed-in' | 'locked' | 'server-silent' {
  if (!(error instanceof ApiError)) return 'server-silent';
  if (error.code === 'NOT_SIGNED_IN') return 'not-signed-in';
  return error.code === 'LOCKED' ? 'locked' : 'server-silent';
}

function readAttemptsLeft(error: unknown): number | undefined {
  const data = attempts.safeParse(error instanceof ApiError ? error.data : undefined);
  return data.success ? data.data.attemptsLeft : undefined;
}
