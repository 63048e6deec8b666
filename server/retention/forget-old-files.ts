import type { Db } from '../db/database.ts';

/** A page that was opened before an update may stay open for a week, as an open room window does. */
const keptMs = 8 * 86_400_000;

/** Takes away the apps' files that no server has served as its own for so long. @returns how many */
export async function forgetOldFiles(db: Db, moment: Date): Promise<number> {
  const before = new Date(moment.getTime() - keptMs);
  const deleted = await db.deleteFrom('built_file').where('served_at', '<', before).executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
