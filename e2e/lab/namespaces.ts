import { spawnSync } from 'node:child_process';
import { ensureTestTools } from '../../scripts/test-tools.ts';

/** A namespace's name says which process it belongs to, so that a later run can sweep up after one that was killed. */
const familyName = 'szlab';

/** Its message is for whoever ran the lab: what is the matter, and what to do. */
class LabError extends Error {
  override readonly name = 'LabError';
}

export type Namespace = {
  name: string;
  /** Commands of `ip` inside it, one after the other. */
  ip(...commands: string[]): void;
  tc(...commands: string[]): void;
  /** Replaces all rules of its firewall. */
  nft(rules: string): void;
  /** Writes a setting of the kernel, such as `ipv4/ip_forward`. */
  set(path: string, value: 0 | 1): void;
};

/** @throws Error that says what is missing */
export function requireLab(): void {
  if (process.getuid?.() !== 0) {
    throw new LabError(
      'The network lab makes network namespaces of its own, which needs root. Please run this command as root.',
    );
  }
  ensureTestTools(['chromium', 'coturn', 'iproute2', 'nftables']);
}

let labs = 0;

/** Makes the namespaces of one lab. They last until `removeNamespaces`, or until this process ends. */
export function makeNamespaces<Role extends string>(roles: readonly Role[]): Record<Role, Namespace> {
  sweep((owner) => !isAlive(owner));
  if (labs === 0) removeAtTheEnd();
  const lab = ++labs;
  const entries = roles.map((role) => [role, makeNamespace(`${familyName}-${process.pid}-${lab}-${role}`)]);
  return Object.fromEntries(entries) as Record<Role, Namespace>;
}

export function removeNamespaces(namespaces: Namespace[]): void {
  for (const { name } of namespaces) remove(name);
}

function makeNamespace(name: string): Namespace {
  run('ip', ['netns', 'add', name]);
  const inside = (command: string, words: string[], input?: string) =>
    void run('ip', ['netns', 'exec', name, command, ...words], input);
  const namespace: Namespace = {
    name,
    ip: (...commands) => void run('ip', ['-n', name, '-batch', '-'], commands.join('\n')),
    tc: (...commands) => void run('tc', ['-n', name, '-batch', '-'], commands.join('\n')),
    nft: (rules) => inside('nft', ['-f', '-'], rules),
    set: (path, value) => inside('sh', ['-c', `echo ${value} > /proc/sys/net/${path}`]),
  };
  namespace.ip('link set lo up');
  return namespace;
}

function run(command: string, words: string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', input });
  if (status === 0) return stdout;
  throw new LabError(
    `This machine does not let the network lab do \`${[command, ...words, input].join(' ').trim()}\`: ${stderr.trim()}`,
  );
}

function removeAtTheEnd(): void {
  process.once('exit', () => sweep((owner) => owner === process.pid));
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.once(signal, () => process.exit(128 + number));
  }
}

/** Removes the namespaces of these owners, and whatever still runs in them. */
function sweep(isOwner: (pid: number) => boolean): void {
  const { stdout } = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' });
  for (const line of stdout?.split('\n') ?? []) {
    const [name = ''] = line.split(' ');
    const owner = new RegExp(`^${familyName}-(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && isOwner(Number(owner))) remove(name);
  }
}

function remove(name: string): void {
  const { stdout } = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' });
  for (const pid of stdout?.split('\n') ?? []) if (pid) kill(Number(pid));
  spawnSync('ip', ['netns', 'del', name]);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
