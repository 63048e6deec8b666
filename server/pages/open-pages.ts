import type { NotFoundPage } from '../http/app.ts';
import type { Asset } from '../http/assets.ts';
import type { Context } from '../http/context.ts';
import { describeError } from '../http/errors.ts';
import { buildSite } from './build-site.ts';
import { missingPages } from './missing-pages.ts';
import { fingerprintOf, type PageProblem, readOperatorFolder } from './operator-folder.ts';
import { readProductTexts } from './product-texts.ts';
import { readStylesheet } from './stylesheet.ts';

export type Pages = {
  /** What is served at `path`; undefined: nothing. */
  find(path: string): Promise<Asset | undefined>;
  notFound: NotFoundPage;
};

/** How soon a change in the operator's folder is seen. */
const lookEveryMs = 5_000;

/**
 * Reads and renders all pages; the operator's again when a file of theirs has changed, at the next request for one. While
 * their folder cannot be read, what was read before stays: the templates at first.
 */
export async function openPages({
  config,
  log,
  now,
}: Pick<Context, 'config' | 'log' | 'now'>): Promise<Pages> {
  const { pagesDir } = config;
  const [product, stylesheet] = await Promise.all([readProductTexts(config), readStylesheet()]);
  let site = buildSite(product, undefined, stylesheet);
  let fingerprint = '';
  let lookedAtMs = 0;
  let looking: Promise<void> | undefined;

  async function read(folder: string): Promise<void> {
    lookedAtMs = now().getTime();
    // Before the files: a change in between is then seen the next time.
    const found = await fingerprintOf(folder);
    if (found === fingerprint) return;
    const files = await readOperatorFolder(folder);
    site = buildSite(product, files, stylesheet);
    fingerprint = found;
    warn(files.problems);
  }

  function warn(problems: PageProblem[]): void {
    if (problems.length > 0) log.warn({ problems }, 'pages of the operator are missing (docs/pages.md)');
  }

  async function look(): Promise<void> {
    const isFresh = Math.abs(now().getTime() - lookedAtMs) < lookEveryMs;
    if (pagesDir === undefined || (isFresh && !looking)) return;
    looking ??= read(pagesDir)
      .catch((error: unknown) => log.warn({ error: describeError(error) }, 'PAGES_DIR cannot be read'))
      .finally(() => (looking = undefined));
    await looking;
  }

  if (pagesDir === undefined) warn(await missingPages(config));
  await look();
  return {
    async find(path) {
      await look();
      return site.assets.get(path);
    },
    notFound: (path) => site.notFound[path.startsWith('/en/') ? 'en' : 'de']!,
  };
}
