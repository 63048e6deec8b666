import { ApiError, type PracticeClient } from '../api.ts';

/**
 * Set before the page goes; the next document locks the session at the server before it asks for anything else. So the
 * page is empty at once, and whoever pulls the network plug finds no open session on the next start.
 */
const markName = 'sprechzimmer-lock';

/** @returns false where the browser keeps nothing: then the server must hear of it first */
export function setLockMark(): boolean {
  try {
    localStorage.setItem(markName, '1');
    return true;
  } catch {
    return false;
  }
}

/** @throws ApiError while the server does not answer */
export async function catchUpLock(client: PracticeClient): Promise<void> {
  if (!hasLockMark()) return;
  try {
    await client.practice.lock({});
  } catch (error) {
    if (isOpen(error)) throw error;
  }
  localStorage.removeItem(markName);
}

function hasLockMark(): boolean {
  try {
    return localStorage.getItem(markName) !== null;
  } catch {
    return false;
  }
}

/** Whether the session may still be open: anything but "there is none" and "it is locked". */
function isOpen(error: unknown): boolean {
  return !(error instanceof ApiError) || !['NOT_SIGNED_IN', 'LOCKED'].includes(error.code);
}

/** A fresh document: nothing of this page's memory is left, and no step back leads to it. */
export function replaceDocument(): void {
  location.replace(location.pathname);
}
