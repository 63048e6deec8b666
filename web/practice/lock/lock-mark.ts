/**
 * Set while a lock has not reached the server: a page that opens in between locks first. Without it, whoever pulls the
 * network plug would find the session open on the next start.
 */
const markName = 'sprechzimmer-lock';

export function setLockMark(): void {
  try {
    localStorage.setItem(markName, '1');
  } catch {
    // Storage is switched off: then there is no device here either.
  }
}

export function clearLockMark(): void {
  try {
    localStorage.removeItem(markName);
  } catch {
    // As above.
  }
}

export function hasLockMark(): boolean {
  try {
    return localStorage.getItem(markName) !== null;
  } catch {
    return false;
  }
}
