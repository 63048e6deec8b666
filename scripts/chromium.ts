import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installDebianPackage } from './debian-package.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/homebrew/bin'];
const macApps = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The browser that the tests drive: CHROMIUM_PATH, or one that is installed.
 * @returns undefined when there is none
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = env['CHROMIUM_PATH'];
  if (chosen) return isProgram(chosen) ? chosen : undefined;
  const searched = new Set([...folders, ...(env['PATH']?.split(delimiter) ?? [])]);
  const paths = names.flatMap((name) => [...searched].map((folder) => join(folder, name)));
  return [...paths, ...macApps].find(isProgram);
}

/**
 * Finds Chromium, or installs Debian's package where we may.
 * @throws Error that says what to install
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (process.env['CHROMIUM_PATH'])
    throw new Error(`CHROMIUM_PATH names no program: ${process.env['CHROMIUM_PATH']}`);
  if (installDebianPackage('chromium', 'Chromium')) {
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'The tests drive Chromium, and there is none. Please install Chromium or Google Chrome, or set CHROMIUM_PATH to it.',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
