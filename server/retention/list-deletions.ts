import type { Db } from '../db/database.ts';

/** One line of the deletion log as an auditor reads it. */
export type ListedDeletion = {
  id: string;
  at: Date;
  /** The practice's id; `sha256:` and the hash of its id once it is gone; empty: of all practices together. */
  practice: string;
  kind: string;
  rule: string;
  count: number;
  oldest: string | null;
  newest: string | null;
};

/**
 * A page of the deletion log, newest first.
 * @param of only this practice's lines
 * @param before goes on after the line with this id
 */
export async function listDeletions(
  db: Db,
  { practiceId, before, limit }: { practiceId?: string; before?: string | null; limit: number },
): Promise<ListedDeletion[]> {
  let query = db.selectFrom('deletion_log');
  if (practiceId !== undefined) query = query.where('practice_id', '=', practiceId);
  if (before) query = query.where('id', '<', before);
  const rows = await query.orderBy('id', 'desc').limit(limit).selectAll().execute();
  return rows.map(({ id, at, practice_id, practice_hash, kind, rule, count, oldest, newest }) => {
    const practice = practice_id ?? (practice_hash ? `sha256:${practice_hash.toString('hex')}` : '');
    return { id, at, practice, kind, rule, count, oldest, newest };
  });
}

const pageLength = 1_000;

/** The whole deletion log as CSV (RFC 4180), newest first, a page at a time. */
export async function* deletionsCsv(db: Db): AsyncGenerator<string> {
  yield 'at,practice,kind,rule,count,oldest,newest\r\n';
  let before: string | null = null;
  for (;;) {
    const page: ListedDeletion[] = await listDeletions(db, { before, limit: pageLength });
    yield page.map(csvLine).join('');
    before = page.at(-1)?.id ?? null;
    if (page.length < pageLength) return;
  }
}

/** None of its values can hold a comma, a quote or a line's end. */
function csvLine({ at, practice, kind, rule, count, oldest, newest }: ListedDeletion): string {
  const cells = [at.toISOString(), practice, kind, rule, count, oldest ?? '', newest ?? ''];
  return `${cells.join(',')}\r\n`;
}
