import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { Context } from '../http/context.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';

export type FoundInvitation =
  | { kind: 'today'; invitationId: string; practiceId: string; practitionerId: string; card: string }
  | { kind: 'not-today'; day: CalendarDay; card: string }
  /** No such code, or a revoked one: its row is gone, so nothing can tell the two apart. */
  | { kind: 'unknown' }
  | { kind: 'too-many-attempts'; retryAfterSeconds: number };

/** @param address as `addressKey` gives it: what failed codes are counted by */
export type FindInvitation = (locator: string, address: string) => Promise<FoundInvitation>;

const failuresAnHour = 10;
const hourMs = 3_600_000;
/** A failure is not answered sooner than this: longer than the query takes, so that its time says nothing. */
const failureAnswerMs = 100;

/** @returns the search for invitations, which remembers the failed codes of each address */
export function createInvitationSearch(context: Pick<Context, 'db' | 'now'>): FindInvitation {
  const failures = createRateLimit({ limit: failuresAnHour, windowMs: hourMs, now: context.now });
  const inTurn = createTurns();

  return async (locator, address) => {
    const answerDue = delay(failureAnswerMs);
    // One after the other per address: a hundred guesses at once would all be asked before the first is counted.
    const found = await inTurn(address, async (): Promise<FoundInvitation> => {
      const verdict = failures.check(address);
      if (!verdict.allowed) {
        return { kind: 'too-many-attempts', retryAfterSeconds: verdict.retryAfterSeconds };
      }
      const found = await lookUp(context, locator);
      if (found.kind === 'unknown') failures.count(address);
      return found;
    });
    if (found.kind === 'unknown') await answerDue;
    return found;
  };
}

async function lookUp(context: Pick<Context, 'db' | 'now'>, locator: string): Promise<FoundInvitation> {
  const locatorHash = createHash('sha256').update(Buffer.from(locator, 'base64url')).digest();
  const row = await context.db
    .selectFrom('invitation')
    .innerJoin('practice', 'practice.id', 'invitation.practice_id')
    .select([
      'invitation.id',
      'invitation.practice_id',
      'invitation.practitioner_id',
      'invitation.day',
      'invitation.card',
      'practice.time_zone',
    ])
    .where('locator_hash', '=', locatorHash)
    .executeTakeFirst();
  if (!row) return { kind: 'unknown' };
  const card = row.card.toString('base64url');
  if (row.day !== calendarDayIn(row.time_zone, context.now())) {
    return { kind: 'not-today', day: row.day, card };
  }
  return {
    kind: 'today',
    invitationId: row.id,
    practiceId: row.practice_id,
    practitionerId: row.practitioner_id,
    card,
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
