import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Asset, createAsset } from '../http/assets.ts';

export type Stylesheet = { path: string; integrity: string; asset: Asset };

const design = join(import.meta.dirname, '..', '..', 'web', 'design');
const sources = [
  join(design, 'tokens.css'),
  join(design, 'base.css'),
  join(import.meta.dirname, 'pages.css'),
];

/** The apps' own tokens and typography, and what only pages need; in one file, named by its content. */
export async function readStylesheet(): Promise<Stylesheet> {
  const parts = await Promise.all(sources.map((file) => readFile(file)));
  const content = Buffer.concat(parts);
  const digest = createHash('sha384').update(content).digest();
  return {
    path: `/seiten/${digest.toString('hex').slice(0, 16)}.css`,
    integrity: `sha384-${digest.toString('base64')}`,
    asset: createAsset(content, {
      extension: '.css',
      cacheControl: 'public, max-age=31536000, immutable',
    }),
  };
}
