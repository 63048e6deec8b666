import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../http/context.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { findHostCode, type OpenHostCode } from './find-host-code.ts';
import { type ClosedInvitation, findInvitation, type OpenInvitation } from './find-invitation.ts';
import type { ClosedCode } from './opening.ts';

type NotFound =
  /** No such code, or a revoked one: its row is gone, so nothing can tell the two apart. */
  { kind: 'unknown' } | { kind: 'too-many-attempts'; retryAfterSeconds: number };

export type FoundInvitation = OpenInvitation | ClosedInvitation | NotFound;
export type FoundHostCode = OpenHostCode | ClosedCode | NotFound;

/** Finds what a code opens. `address` is as `addressKey` gives it: what failed codes of both kinds are counted by. */
export type CodeSearch = {
  invitation: (locator: string, address: string) => Promise<FoundInvitation>;
  hostCode: (locator: string, address: string) => Promise<FoundHostCode>;
};

const failuresAnHour = 10;
const hourMs = 3_600_000;
/** A failure is not answered sooner than this: longer than the query takes, so that its time says nothing. */
const failureAnswerMs = 100;

/** @returns the search for codes, which remembers the failed ones of each address */
export function createCodeSearch(context: Pick<Context, 'db' | 'config' | 'now' | 'bus'>): CodeSearch {
  const failures = createRateLimit({
    limit: failuresAnHour,
    windowMs: hourMs,
    now: context.now,
    shared: { bus: context.bus, topic: 'failed codes' },
  });
  const inTurn = createTurns();

  async function search<Found>(
    locator: string,
    address: string,
    lookUp: (locatorHash: Buffer) => Promise<Found | undefined>,
  ): Promise<Found | NotFound> {
    const answerDue = delay(failureAnswerMs);
    // One after the other per address: a hundred guesses at once would all be asked before the first is counted.
    const found = await inTurn(address, async (): Promise<Found | NotFound | undefined> => {
      const verdict = failures.check(address);
      if (!verdict.allowed) {
        return { kind: 'too-many-attempts', retryAfterSeconds: verdict.retryAfterSeconds };
      }
      const found = await lookUp(createHash('sha256').update(Buffer.from(locator, 'base64url')).digest());
      if (found === undefined) failures.count(address);
      return found;
    });
    if (found !== undefined) return found;
    await answerDue;
    return { kind: 'unknown' };
  }

  return {
    invitation: (locator, address) => search(locator, address, (hash) => findInvitation(context, hash)),
    hostCode: (locator, address) => search(locator, address, (hash) => findHostCode(context, hash)),
  };
}

/** Runs what is asked under one key one after the other, and keeps nothing of a key that nobody waits for. */
function createTurns() {
  const lastOf = new Map<string, Promise<unknown>>();

  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const result = (lastOf.get(key) ?? Promise.resolve()).then(work);
    const settled = Promise.allSettled([result]);
    lastOf.set(key, settled);
    try {
      return await result;
    } finally {
      if (lastOf.get(key) === settled) lastOf.delete(key);
    }
  };
}
