import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

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
  const apt = findApt();
  if (apt) {
    process.stderr.write('Installing Chromium from the package sources of this system ...\n');
    // Debian asks no questions then.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const [command, ...prefix] = apt as [string, ...string[]];
    for (const step of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      execFileSync(command, [...prefix, '-q', ...step], { stdio: ['ignore', 2, 2], env });
    }
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'The tests drive Chromium, and there is none. Please install Chromium or Google Chrome, or set CHROMIUM_PATH to it.',
  );
}

/** How apt-get is called with root's rights, if that works without a password. */
function findApt(): string[] | undefined {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  const mayBecomeRoot = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return mayBecomeRoot ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'] : undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
