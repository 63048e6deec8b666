import type { DeviceKeyPairs } from '@sprechzimmer/crypto/device-keys.ts';
import type { Pin } from '@sprechzimmer/membership/log.ts';

/** This browser as a device of a practice. The private keys are non-extractable: they can be used here, not copied. */
export type StoredDevice = {
  /** Empty between approval and the first sign-in: the pin then says which practice it is. */
  practiceId: string;
  deviceId: string;
  keys: DeviceKeyPairs;
  /** For the sign-in card. */
  deviceName: string;
  practiceName: string;
  email: string;
  /** Names of the practice's devices by id, so that sign-in can say where else someone is signed in. */
  deviceNames?: Record<string, string> | undefined;
  /** False until the server has answered the registration: the answer may have been lost. */
  registered: boolean;
  /** The newest entry of the membership log that this device has believed. */
  pin?: Pin | undefined;
};

/** The browser does not let this page keep anything: private window, blocked site data, full disk. */
export class StorageBlockedError extends Error {
  override readonly name = 'StorageBlockedError';
  readonly code = 'storage-blocked';
}

export type FoundDevice =
  | { kind: 'device'; device: StoredDevice }
  | { kind: 'none' }
  /** There was one: the browser or a person has deleted the site's data. */
  | { kind: 'lost' };

const databaseName = 'sprechzimmer';
const storeName = 'device';
const onlyKey = 'this';
/** Outlives IndexedDB where a browser clears only that; tells "lost" from "never was". */
const markName = 'sprechzimmer-device';

/** @throws StorageBlockedError */
export async function findDevice(): Promise<FoundDevice> {
  const device = await withStore(
    'readonly',
    (store) => store.get(onlyKey) as IDBRequest<StoredDevice | undefined>,
  );
  if (device) return { kind: 'device', device };
  return { kind: readMark() ? 'lost' : 'none' };
}

/** @throws StorageBlockedError */
export async function saveDevice(device: StoredDevice): Promise<void> {
  await withStore('readwrite', (store) => store.put(device, onlyKey));
  setMark(device.registered);
}

/**
 * Remembers how far the log has been believed. Another tab may have seen more: the pin never goes back.
 * @throws StorageBlockedError
 */
export async function pinHead(device: StoredDevice, pin: Pin) {
  const { deviceId, practiceId, practiceName, deviceName, deviceNames } = device;
  await withStore('readwrite', (store) => {
    const reading = store.get(onlyKey) as IDBRequest<StoredDevice | undefined>;
    reading.addEventListener('success', () => {
      const stored = reading.result;
      if (stored?.deviceId !== deviceId || (stored.pin && stored.pin.seq > pin.seq)) return;
      store.put({ ...stored, practiceId, practiceName, deviceName, deviceNames, pin }, onlyKey);
    });
    return reading;
  });
}

/** Asks the browser not to clear this site's data when space is short. @returns whether it agreed */
export async function keepStorage(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}

async function withStore<T>(
  mode: IDBTransactionMode,
  request: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  try {
    const database = await openDatabase();
    try {
      const transaction = database.transaction(storeName, mode, { durability: 'strict' });
      const result = request(transaction.objectStore(storeName));
      await completed(transaction);
      return result.result;
    } finally {
      database.close();
    }
  } catch (cause) {
    throw new StorageBlockedError('IndexedDB cannot be used', { cause });
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(storeName));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Error('open', { cause: request.error })));
    request.addEventListener('blocked', () => reject(new Error('blocked')));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(new Error('aborted', { cause: transaction.error })));
  });
}

function readMark(): boolean {
  try {
    return localStorage.getItem(markName) !== null;
  } catch {
    return false;
  }
}

function setMark(present: boolean): void {
  try {
    if (present) localStorage.setItem(markName, '1');
    else localStorage.removeItem(markName);
  } catch {
    // Without the mark a lost device looks like a new browser; nothing else depends on it.
  }
}
