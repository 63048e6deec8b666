import type { Db } from '../db/database.ts';

/** A line is kept until so many calendar years after its own are over: as long as claims can be raised (§§ 195, 199 BGB). */
const keptYears = 3;

/** Takes the oldest lines off the deletion log and the operator's. @returns how many */
export async function forgetOldDeletions(db: Db, moment: Date): Promise<number> {
  const before = `${moment.getUTCFullYear() - keptYears}-01-01`;
  const deletions = await db.deleteFrom('deletion_log').where('day', '<', before).executeTakeFirst();
  const actions = await db.deleteFrom('admin_log').where('at', '<', new Date(before)).executeTakeFirst();
  return Number(deletions.numDeletedRows) + Number(actions.numDeletedRows);
}
