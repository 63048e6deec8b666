/**
 * Keeps the screen awake while someone waits or talks. The browser drops the lock whenever the page is hidden, so it is
 * asked for again when the page is back. Where there is none, the device goes on as it is set.
 * @returns lets the screen sleep again
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let wanted = true;
  async function hold() {
    if (!wanted || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      const taken = await navigator.wakeLock.request('screen');
      if (wanted) lock = taken;
      else await taken.release();
    } catch {
      // Low battery, or forbidden by the device's settings.
    }
  }
  const again = () => void hold();
  document.addEventListener('visibilitychange', again);
  again();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', again);
    void lock?.release().catch(() => undefined);
  };
}
