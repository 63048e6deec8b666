import * as z from 'zod/mini';
import { consultationRecord } from './consultation-record.ts';
import { appointmentId } from './ids.ts';
import { lineReport } from './line-report.ts';

/** The window hands over what an ended consultation was; once more after each `room-window-open` until it is answered. */
export const roomWindowRecord = z.object({
  kind: z.literal('room-window-record'),
  appointmentId,
  record: consultationRecord,
  /** A window of the version before has none. */
  line: z.optional(lineReport),
});
export type RoomWindowRecord = z.infer<typeof roomWindowRecord>;

/** It lies in the sealed appointment, or there is no such appointment any more. */
export const roomWindowRecordTaken = z.object({
  kind: z.literal('room-window-record-taken'),
  id: z.uuid(),
  outcome: z.enum(['kept', 'gone']),
});

/** Whatever else it brings: the practice app is there. */
export const roomWindowOpened = z.object({ kind: z.literal('room-window-open') });
