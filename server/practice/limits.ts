import type { Context } from '../http/context.ts';
import { createRateLimit, type RateLimit } from '../http/rate-limit.ts';

/** How often something may happen before it is refused for a while. */
export const defaultCeilings = {
  registrationsPerAddressAndHour: 20,
  challengesPerAddress: 300,
  failuresPerAddress: 100,
  failuresPerAccountAndAddress: 10,
  failuresPerAccount: 50,
};
export type Ceilings = typeof defaultCeilings;

export type PracticeLimits = {
  registration: RateLimit;
  challenge: RateLimit;
  /** Failed sign-ins by address. */
  address: RateLimit;
  /** Failed sign-ins by account and address. */
  accountAndAddress: RateLimit;
  /** Failed sign-ins by account, whatever their addresses; by device where the device has proven itself. */
  account: RateLimit;
};

const hourMs = 3_600_000;
const quarterHourMs = 900_000;

export function createPracticeLimits(
  { now, bus }: Pick<Context, 'now' | 'bus'>,
  ceilings: Ceilings = defaultCeilings,
): PracticeLimits {
  const limit = (topic: string, ceiling: number, windowMs: number) =>
    createRateLimit({ limit: ceiling, windowMs, now, shared: { bus, topic } });
  return {
    registration: limit('registrations', ceilings.registrationsPerAddressAndHour, hourMs),
    challenge: limit('challenges', ceilings.challengesPerAddress, quarterHourMs),
    address: limit('failures by address', ceilings.failuresPerAddress, quarterHourMs),
    accountAndAddress: limit(
      'failures by account and address',
      ceilings.failuresPerAccountAndAddress,
      quarterHourMs,
    ),
    account: limit('failures by account', ceilings.failuresPerAccount, quarterHourMs),
  };
}
