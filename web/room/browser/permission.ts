import type { Wanted } from './steps.ts';

export type Permission = PermissionState | undefined;

/**
 * Follows what this page may use, where the browser tells (Chromium, Firefox from 131 on, Safari from 16 on; Safari's own
 * "ask" says `prompt`). Coming back to the page is another occasion to look: Safari does not tell by itself.
 * @param onAllowed the person has lifted the block meanwhile
 * @returns ends it
 */
export function followPermission(
  wanted: Wanted,
  onPermission: (permission: Permission) => void,
  onAllowed: () => void,
): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let statuses: PermissionStatus[] = [];
  let before: Permission;

  function look(): void {
    if (signal.aborted) return;
    const now = leastOf(statuses.map(({ state }) => state));
    onPermission(now);
    if (now === 'granted' && before !== undefined && before !== 'granted') onAllowed();
    before = now;
  }
  async function ask(): Promise<void> {
    const names = wanted === 'both' ? (['camera', 'microphone'] as const) : [wanted];
    statuses = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    if (signal.aborted) return;
    for (const status of statuses) status.addEventListener('change', look, { signal });
    look();
  }
  const again = () => void ask().catch(() => undefined);
  again();
  document.addEventListener('visibilitychange', again, { signal });
  addEventListener('focus', again, { signal });
  return () => ended.abort();
}

function leastOf(states: PermissionState[]): Permission {
  return (['denied', 'prompt', 'granted'] as const).find((state) => states.includes(state));
}
