import * as z from 'zod/mini';
import { quarter } from './billing.ts';
import { appointmentId, userId } from './ids.ts';
import { calendarDay } from './values.ts';

/** Where a page of appointments ended: they come by day, then by id. */
export const exportCursor = z.object({ day: calendarDay, id: appointmentId });
export type ExportCursor = z.infer<typeof exportCursor>;

/** The nil id stands for all practitioners together: numbers that are too old to be billed are kept as one. */
export const exportedCounts = z.object({
  consultations: z.array(
    z.object({
      /** `2026-11` */
      month: z.string(),
      practitionerId: userId,
      consultations: z.int(),
    }),
  ),
  cases: z.array(z.object({ quarter, practitionerId: userId, cases: z.int() })),
});
export type ExportedCounts = z.infer<typeof exportedCounts>;
