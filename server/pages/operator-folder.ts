import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileOf, type OperatorPage, operatorPages } from './page-names.ts';

/** A file that is missing or cannot be used, in words for the operator: `impressum.md` `is empty`. */
export type PageProblem = { file: string; problem: string };

export type OperatorText = { name: OperatorPage; language: string; text: string };

export type OperatorFiles = {
  texts: OperatorText[];
  /** Every picture of the folder by its name, whether a page shows it or not. */
  pictures: Map<string, Buffer>;
  problems: PageProblem[];
};

class UnusableFile extends Error {}

export const textLimitBytes = 262_144;
const pictureLimitBytes = 1_048_576;
const mostPictures = 20;
const mostEntries = 1_000;

const pageFile = new RegExp(`^(${operatorPages.join('|')})(?:\\.([a-z]{2}))?\\.md$`);
const pictureFile = /^[A-Za-z0-9_-]{1,80}\.(png|jpe?g|webp)$/;
const signatures: Record<string, (content: Buffer) => boolean> = {
  png: (content) => content.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
  jpg: (content) => content.subarray(0, 3).equals(Buffer.from('\xff\xd8\xff', 'latin1')),
  webp: (content) =>
    content.toString('latin1', 0, 4) === 'RIFF' && content.toString('latin1', 8, 12) === 'WEBP',
};

/**
 * Reads the operator's pages and pictures. Only files that lie in the folder count, also where a link leads; whatever
 * else is in it is passed over.
 * @throws a system error when the folder cannot be read
 */
export async function readOperatorFolder(folder: string): Promise<OperatorFiles> {
  const root = await realpath(folder);
  const files: OperatorFiles = { texts: [], pictures: new Map(), problems: [] };
  for (const name of await listFolder(root)) {
    try {
      const page = pageFile.exec(name);
      if (page) files.texts.push(await readText(root, name, page[1] as OperatorPage, page[2] ?? 'de'));
      else await readPicture(root, name, files.pictures);
    } catch (error) {
      files.problems.push({ file: name, problem: describe(error) });
    }
  }
  for (const page of operatorPages) {
    const file = fileOf(page, 'de');
    const isKnown = files.texts.some(({ name, language }) => name === page && language === 'de');
    if (!isKnown && !files.problems.some((found) => found.file === file)) {
      files.problems.push({ file, problem: `is not in ${folder}` });
    }
  }
  return files;
}

/** Changes whenever a file of the folder does. @throws a system error when the folder cannot be read */
export async function fingerprintOf(folder: string): Promise<string> {
  const root = await realpath(folder);
  const lines = (await listFolder(root)).map(async (name) => {
    const found = await stat(join(root, name)).catch(() => undefined);
    return found ? `${name} ${found.ino} ${found.size} ${found.mtimeMs}` : `${name} gone`;
  });
  return [root, ...(await Promise.all(lines))].join('\n');
}

async function listFolder(root: string): Promise<string[]> {
  const names = (await readdir(root)).filter((name) => pageFile.test(name) || pictureFile.test(name));
  return names.toSorted().slice(0, mostEntries);
}

async function readText(
  root: string,
  file: string,
  name: OperatorPage,
  language: string,
): Promise<OperatorText> {
  const content = await readInside(root, file, textLimitBytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new UnusableFile('is not written in UTF-8');
  }
  if (text.trim() === '') throw new UnusableFile('is empty');
  return { name, language, text };
}

async function readPicture(root: string, name: string, pictures: Map<string, Buffer>): Promise<void> {
  if (pictures.size === mostPictures) throw new UnusableFile(`is one picture more than ${mostPictures}`);
  const kind = name.slice(name.lastIndexOf('.') + 1).replace('jpeg', 'jpg');
  const content = await readInside(root, name, pictureLimitBytes);
  if (!signatures[kind]?.(content)) throw new UnusableFile('is not the picture that its name says');
  pictures.set(name, content);
}

async function readInside(root: string, name: string, limitBytes: number): Promise<Buffer> {
  const path = await realpath(join(root, name));
  if (!path.startsWith(root + sep)) throw new UnusableFile('is a link that leads out of the folder');
  // Neither followed a second time, nor waited for, should it be a pipe.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new UnusableFile('is not a file');
    const chunks: Buffer[] = await file.createReadStream({ end: limitBytes, autoClose: false }).toArray();
    const content = Buffer.concat(chunks);
    if (content.length > limitBytes) throw new UnusableFile(`is larger than ${limitBytes / 1024} KB`);
    return content;
  } finally {
    await file.close();
  }
}

function describe(error: unknown): string {
  if (error instanceof UnusableFile) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'is a link that leads nowhere';
  return code === 'EACCES'
    ? 'may not be read by this user'
    : `cannot be read (${code ?? 'for an unknown reason'})`;
}
