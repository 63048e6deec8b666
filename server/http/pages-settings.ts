import { resolve } from 'node:path';
import type { Settings } from './settings.ts';

export type PagesConfig = {
  /** The folder with the operator's own pages (docs/pages.md). Absolute; undefined: there are none. */
  pagesDir: string | undefined;
};

export function readPagesSettings({ read }: Settings): PagesConfig {
  const folder = 'a folder with impressum.md, datenschutz.md and nutzungsbedingungen.md in it';
  return { pagesDir: read('PAGES_DIR', undefined, folder, (text) => resolve(text)) };
}
