import type { PagesConfig } from '../http/pages-settings.ts';
import { type PageProblem, readOperatorFolder } from './operator-folder.ts';
import { fileOf, operatorPages } from './page-names.ts';

/**
 * Which of the operator's pages visitors do not see, and why; also pictures and translations that cannot be used.
 */
export async function missingPages({ pagesDir }: PagesConfig): Promise<PageProblem[]> {
  const needed = operatorPages.map((name) => fileOf(name, 'de'));
  if (pagesDir === undefined)
    return needed.map((file) => ({ file, problem: 'has no folder: PAGES_DIR is not set' }));
  try {
    return (await readOperatorFolder(pagesDir)).problems;
  } catch {
    return needed.map((file) => ({
      file,
      problem: `cannot be read: ${pagesDir} is not there, or closed to this user`,
    }));
  }
}
