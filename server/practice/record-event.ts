import type { securityEventKinds } from '@sprechzimmer/protocol/security-event.ts';
import type { Db } from '../db/database.ts';

export type SecurityEventKind = (typeof securityEventKinds)[number];

/** Writes down what the practice may later want to know: who did it and where, as far as that is known. No names. */
export async function recordEvent(
  db: Db,
  event: {
    practiceId: string;
    kind: SecurityEventKind;
    userId: string | null;
    deviceId: string | null;
    at: Date;
  },
): Promise<void> {
  await db
    .insertInto('security_event')
    .values({
      practice_id: event.practiceId,
      at: event.at,
      kind: event.kind,
      user_id: event.userId,
      device_id: event.deviceId,
    })
    .execute();
}
