import * as z from 'zod/mini';
import { userId } from './ids.ts';
import { calendarDay } from './values.ts';

/** A calendar quarter, `2026-Q4`. */
export const quarter = z.string().check(z.regex(/^\d{4}-Q[1-4]$/));
export type Quarter = z.infer<typeof quarter>;

const count = z.int().check(z.nonnegative(), z.maximum(1_000_000));

/** This calendar month, by the practice's clock. */
export const monthUsage = z.object({
  /** `2026-11` */
  month: z.string(),
  held: count,
  /** Appointments of today and later in the month that have not been held. */
  planned: count,
  max: z.nullable(count),
});
export type MonthUsage = z.infer<typeof monthUsage>;

export const practitionerCases = z.object({ quarter, practitionerId: userId, cases: z.nullable(count) });
export type PractitionerCases = z.infer<typeof practitionerCases>;

export const quarterCounts = z.object({
  practitioners: z.array(
    z.object({
      practitionerId: userId,
      /** Appointments whose first participant was called in. */
      consultations: count,
      cases: z.nullable(count),
    }),
  ),
  /** The share of video consultations that may be billed in this quarter, as the operator keeps it; null: none is known. */
  cap: z.nullable(
    z.object({
      percent: z.number(),
      validFrom: calendarDay,
      /** Where it is written. */
      source: z.string(),
    }),
  ),
});
export type QuarterCounts = z.infer<typeof quarterCounts>;
