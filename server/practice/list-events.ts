import type { SecurityEvent } from '@sprechzimmer/protocol/security-event.ts';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from './authenticate.ts';
import type { SecurityEventKind } from './record-event.ts';

const pageLength = 100;

/**
 * The practice's security events, newest first.
 * @param before the id of the last one of the page before
 * @throws BAD_INPUT
 */
export async function listEvents(
  db: Db,
  { practiceId }: SignedIn,
  before: string | null,
): Promise<{ events: SecurityEvent[] }> {
  if (before !== null && !/^\d{1,18}$/.test(before)) throw refusal('BAD_INPUT');
  let query = db.selectFrom('security_event').where('practice_id', '=', practiceId);
  if (before !== null) query = query.where('id', '<', before);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(pageLength)
    .select(['id', 'kind', 'at', 'user_id', 'device_id'])
    .execute();
  return {
    events: rows.map((row) => ({
      id: row.id,
      kind: row.kind as SecurityEventKind, // nothing else is ever recorded
      at: row.at.toISOString(),
      userId: row.user_id as SecurityEvent['userId'],
      deviceId: row.device_id as SecurityEvent['deviceId'],
    })),
  };
}
