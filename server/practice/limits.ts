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

export function createPracticeLimits(now: () => Date, ceilings: Ceilings = defaultCeilings): PracticeLimits {
  const perQuarterHour = (limit: number) => createRateLimit({ limit, windowMs: quarterHourMs, now });
  return {
    registration: createRateLimit({ limit: ceilings.registrationsPerAddressAndHour, windowMs: hourMs, now }),
    challenge: perQuarterHour(ceilings.challengesPerAddress),
    address: perQuarterHour(ceilings.failuresPerAddress),
    accountAndAddress: perQuarterHour(ceilings.failuresPerAccountAndAddress),
    account: perQuarterHour(ceilings.failuresPerAccount),
  };
}
