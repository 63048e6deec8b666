import type { Deletion } from '@sprechzimmer/protocol/retention.ts';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { requireMain } from '../practice/require-main.ts';
import { listDeletions } from './list-deletions.ts';

const pageLength = 100;

/**
 * The practice's own lines of the deletion log, newest first.
 * @param before the id of the last one of the page before
 * @throws FORBIDDEN, BAD_INPUT
 */
export async function viewDeletions(
  db: Db,
  signedIn: SignedIn,
  before: string | null,
): Promise<{ deletions: Deletion[] }> {
  requireMain(signedIn);
  if (before !== null && !/^\d{1,18}$/.test(before)) throw refusal('BAD_INPUT');
  const rows = await listDeletions(db, { practiceId: signedIn.practiceId, before, limit: pageLength });
  return {
    deletions: rows.map(({ id, at, kind, rule, count, oldest, newest }) => ({
      id,
      at: at.toISOString(),
      // Nothing else is ever logged.
      kind: kind as Deletion['kind'],
      rule: rule as Deletion['rule'],
      count,
      oldest,
      newest,
    })),
  };
}
