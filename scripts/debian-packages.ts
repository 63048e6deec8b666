import { execFileSync, spawnSync } from 'node:child_process';

/** Installs packages of Debian where we may, and does nothing elsewhere. */
export function installDebianPackages(packages: readonly string[]): void {
  const asRoot = findRoot();
  if (!asRoot || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return;
  process.stderr.write(`Installing ${packages.join(', ')} from the package sources of this system ...\n`);
  const run = (...words: string[]) => {
    const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', ...words];
    execFileSync(command!, rest, { stdio: ['ignore', 2, 2] });
  };
  run('apt-get', '-q', 'update');
  run('apt-get', '-q', 'install', '-y', '--no-install-recommends', ...packages);
  // A package's own relay, Redis or proxy would take the usual ports of this machine. Without systemd nothing has started it.
  for (const service of ['coturn', 'redis-server', 'caddy'].filter((name) => packages.includes(name))) {
    const [command, ...rest] = [...asRoot, 'systemctl', 'disable', '--now', service];
    spawnSync(command, rest, { stdio: 'ignore' });
  }
}

/** What a command begins with to have root's rights, if that works without a password. */
function findRoot(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}
