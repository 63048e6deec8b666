import type { Db } from '../db/database.ts';
import { type Asset, type Assets, hashedFolder, toAsset } from './assets.ts';
import type { Context } from './context.ts';
import { describeError } from './errors.ts';
import type { App } from './security-headers.ts';

/** Well within the time for which they are kept (retention/forget-old-files.ts). */
const againMs = 6 * 3_600_000;
/** Of other versions; each is a few kilobytes, but for two of a megabyte. */
const keptInMemory = 200;

/**
 * Puts this version's files with a hash in their name where servers of other versions find them, and says now and then
 * that they are still served: during an update a page of one version may ask a server of the other for its parts, and a
 * page that was open before asks long after. Resolves when they are there, or could not be put there, which is logged.
 */
export async function shareBuiltFiles(
  context: Pick<Context, 'db' | 'log' | 'now'>,
  files: Record<App, Assets>,
): Promise<{ close(): Promise<void> }> {
  let underWay = share();

  async function share(): Promise<void> {
    try {
      for (const app of ['practice', 'room'] as const) await put(context.db, app, files[app], context.now());
    } catch (error) {
      context.log.error({ error: describeError(error) }, 'files were not shared with other versions');
    }
  }
  const timer = setInterval(() => {
    underWay = underWay.then(share);
  }, againMs);
  await underWay;
  return {
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}

async function put(db: Db, app: App, assets: Assets, now: Date): Promise<void> {
  const paths = [...assets.keys()].filter((path) => path.startsWith(hashedFolder));
  if (paths.length === 0) return;
  const there = await db
    .updateTable('built_file')
    .set({ served_at: now })
    .where('app', '=', app)
    .where('path', 'in', paths)
    .returning('path')
    .execute();
  const known = new Set(there.map(({ path }) => path));
  for (const path of paths) {
    const body = known.has(path) ? undefined : await assets.get(path)?.bodies.identity();
    if (!body) continue;
    await db
      .insertInto('built_file')
      .values({ app, path, body, served_at: now })
      .onConflict((conflict) => conflict.columns(['app', 'path']).doUpdateSet({ served_at: now }))
      .execute();
  }
}

/** @returns finds a file of another version by its path; undefined when there is none */
export function findBuiltFiles(db: Db, app: App): (path: string) => Promise<Asset | undefined> {
  const found = new Map<string, Asset>();

  return async (path) => {
    const known = found.get(path);
    if (known || !path.startsWith(hashedFolder)) return known;
    const row = await db
      .selectFrom('built_file')
      .where('app', '=', app)
      .where('path', '=', path)
      .select('body')
      .executeTakeFirst();
    if (!row) return undefined;
    const asset = toAsset(path, row.body);
    const [oldest] = found.keys();
    if (found.size >= keptInMemory && oldest !== undefined) found.delete(oldest);
    found.set(path, asset);
    return asset;
  };
}
