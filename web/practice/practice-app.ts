import type { ReadonlySignal } from '@preact/signals';
import { attempts } from '@sprechzimmer/protocol/error-data.ts';
import { ApiError, type PracticeClient } from './api.ts';
import { createAppCore } from './app-core.ts';
import type { AppEvent, AppState } from './app-state.ts';
import { findDevice, keepStorage, type StoredDevice } from './device/key-store.ts';
import { catchUpLock } from './lock/lock.ts';
import { renewIfDue } from './membership/change-as-user.ts';
import { type Credentials, resumeSession, signInAtDevice } from './practice/sign-in.ts';
import { activateUser } from './user/activate.ts';

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
  const { state, client, happened, useDevice, entered, orExplain, lock } = createAppCore(origin);
  const resume = (device: StoredDevice) =>
    orExplain(async () => entered(device, await resumeSession(client, device)));

  async function start(): Promise<void> {
    await orExplain(async () => {
      const found = await findDevice();
      if (found.kind !== 'device') {
        happened({ kind: 'device-missing', lost: found.kind === 'lost' });
        return;
      }
      useDevice(found.device);
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
    useDevice,
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
