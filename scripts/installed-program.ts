import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of the system's administration are not on everybody's path. */
const folders = [
  '/usr/bin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/local/sbin',
  '/sbin',
  '/bin',
  '/snap/bin',
  '/opt/homebrew/bin',
];

/**
 * Looks for a program where systems keep theirs.
 * @param names what it may be called, the best first
 * @param elsewhere whole paths to look at last
 * @returns undefined when there is none
 */
export function findInstalled(
  names: string[],
  elsewhere: string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const searched = new Set([...folders, ...(env['PATH']?.split(delimiter) ?? [])]);
  const paths = names.flatMap((name) => [...searched].map((folder) => join(folder, name)));
  return [...paths, ...elsewhere].find(isProgram);
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
