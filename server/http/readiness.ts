import { setTimeout as wait } from 'node:timers/promises';

/** Resolves when what it asks for is there, and throws when it is not. */
export type Check = () => Promise<unknown>;

export type ReadinessAnswer =
  { status: 'ready' | 'starting' | 'draining' } | { status: 'not ready'; failing: string[] };

/** Whether a server takes requests: what a load balancer asks, and acts upon. */
export type Readiness = {
  /** Everything listens. */
  handleListening(): void;
  /** Somebody has asked this server to end. */
  handleDraining(): void;
  ask(): Promise<ReadinessAnswer>;
};

/** A database that takes longer to answer is of no use. */
const patienceMs = 2_000;
/** Anybody may ask, so that the checks are not made anew for each who does. */
const validMs = 1_000;

/**
 * Says `starting` until everything listens, `draining` from the wish to end on, and in between whether all of `checks` pass.
 * A check is of what nobody can do without: one that fails on every instance takes all of them out of service.
 */
export function createReadiness(checks: Record<string, Check>): Readiness {
  let isListening = false;
  let isDraining = false;
  let asked: { atMs: number; failing: Promise<string[]> } | undefined;

  function failing(): Promise<string[]> {
    const nowMs = performance.now();
    if (!asked || nowMs - asked.atMs > validMs) asked = { atMs: nowMs, failing: runAll(checks) };
    return asked.failing;
  }

  const hasBegunToDrain = (): boolean => isDraining;

  return {
    handleListening() {
      isListening = true;
    },
    handleDraining() {
      isDraining = true;
    },
    async ask() {
      if (hasBegunToDrain()) return { status: 'draining' };
      if (!isListening) return { status: 'starting' };
      const names = await failing();
      if (hasBegunToDrain()) return { status: 'draining' };
      return names.length === 0 ? { status: 'ready' } : { status: 'not ready', failing: names };
    },
  };
}

async function runAll(checks: Record<string, Check>): Promise<string[]> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => ((await passes(check)) ? [] : [name])),
  );
  return results.flat();
}

async function passes(check: Check): Promise<boolean> {
  const done = new AbortController();
  try {
    const late = wait(patienceMs, false, { ref: false, signal: done.signal }).catch(() => false);
    return await Promise.race([check().then(() => true), late]);
  } catch {
    return false;
  } finally {
    done.abort();
  }
}
