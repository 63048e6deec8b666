import { execFileSync, spawnSync } from 'node:child_process';

/**
 * Installs one of Debian's packages where we may.
 * @param name as people call it
 * @returns whether that was possible
 */
export function installDebianPackage(debianPackage: string, name: string): boolean {
  const apt = findApt();
  if (!apt) return false;
  process.stderr.write(`Installing ${name} from the package sources of this system ...\n`);
  // Debian asks no questions then.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [command, ...prefix] = apt as [string, ...string[]];
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', debianPackage]]) {
    execFileSync(command, [...prefix, '-q', ...step], { stdio: ['ignore', 2, 2], env });
  }
  return true;
}

/** How apt-get is called with root's rights, if that works without a password. */
function findApt(): string[] | undefined {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  const mayBecomeRoot = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return mayBecomeRoot ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'] : undefined;
}
