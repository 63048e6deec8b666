import type { Db } from '../server/db/database.ts';
import { deletionsCsv } from '../server/retention/list-deletions.ts';

/** @returns the whole deletion log as CSV, without the last line's end */
export async function listDeletionLog(db: Db): Promise<string> {
  let csv = '';
  for await (const part of deletionsCsv(db)) csv += part;
  return csv.trimEnd();
}
