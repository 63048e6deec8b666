/**
 * Moments at which a page may have been away: lid opened, tab thawed, network back. None of them is a proof of anything,
 * so whoever hears one looks for themselves.
 */
export function onWake(listener: () => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const ofDocument = () => {
    if (document.visibilityState === 'visible') listener();
  };
  const connection = (navigator as { connection?: EventTarget }).connection;
  addEventListener('online', listener);
  addEventListener('pageshow', listener);
  document.addEventListener('visibilitychange', ofDocument);
  document.addEventListener('resume', ofDocument);
  connection?.addEventListener('change', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('pageshow', listener);
    document.removeEventListener('visibilitychange', ofDocument);
    document.removeEventListener('resume', ofDocument);
    connection?.removeEventListener('change', listener);
  };
}
