import { ApiError, type PracticeClient } from '../api.ts';
import { clearLockMark, hasLockMark, setLockMark } from './lock-mark.ts';

/**
 * Locks the session at the server, or leaves a mark that the next start does it. Never rejects: whatever happens, the
 * page must go.
 */
export async function lockSession(client: PracticeClient): Promise<void> {
  setLockMark();
  try {
    await client.practice.lock({});
  } catch (error) {
    if (isOpen(error)) return;
  }
  clearLockMark();
}

/** What an interrupted lock still owes. @throws ApiError while the server does not answer */
export async function catchUpLock(client: PracticeClient): Promise<void> {
  if (!hasLockMark()) return;
  try {
    await client.practice.lock({});
  } catch (error) {
    if (isOpen(error)) throw error;
  }
  clearLockMark();
}

/** Whether the session may still be open: anything but "there is none" and "it is locked". */
function isOpen(error: unknown): boolean {
  return !(error instanceof ApiError) || !['NOT_SIGNED_IN', 'LOCKED'].includes(error.code);
}

/** A fresh document: nothing of this page's memory is left, and no step back leads to it. */
export function replaceDocument(): void {
  location.replace(location.pathname);
}
