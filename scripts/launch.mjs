// Runs one of our TypeScript programs on a machine that may have nothing but an old Node and npm:
//   node scripts/launch.mjs <entry.ts> [arguments]
// Plain JavaScript without dependencies, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const neededMajor = 24;
const lockWithoutOwnerMs = 10_000;

const [entry, ...entryArguments] = process.argv.slice(2);
if (!entry) fail('Usage: node scripts/launch.mjs <entry.ts> [arguments]');

await install(root, 'Installing the packages of package-lock.json (once, about a minute) ...');
const node = await findNode();
process.exitCode = await run(node, [resolve(root, entry), ...entryArguments], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) },
});

/** This process's Node where it is new enough, else the one from the npm registry. */
async function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath;
  const folder = join(root, 'runtime');
  const name = `node-${process.platform}-${process.arch}`;
  const needed = `Node ${neededMajor} or newer is needed and this is Node ${process.versions.node}`;
  const remedy = `Please install Node ${neededMajor} from https://nodejs.org and start again.`;
  if (!readJson(join(folder, 'package.json')).optionalDependencies[name]) {
    fail(`${needed}; for ${process.platform} on ${process.arch} none can be fetched. ${remedy}`);
  }
  await install(folder, `Fetching Node ${neededMajor}, because this is Node ${process.versions.node} ...`);
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  if (!existsSync(binary)) fail(`${needed}; ${name} could not be installed. ${remedy}`);
  if (!(statSync(binary).mode & 0o111)) chmodSync(binary, 0o755);
  return binary;
}

/** Brings `<folder>/node_modules` to what its lockfile says. Launches that run at once take turns. */
async function install(folder, announcement) {
  if (isInstalled(folder)) return;
  const lock = join(root, '.build', folder === root ? 'installing-packages' : 'installing-runtime');
  await takeLock(lock);
  let code = 0;
  try {
    if (isInstalled(folder)) return;
    process.stderr.write(`${announcement}\n`);
    code = await runNpm(folder, ['ci', '--ignore-scripts', '--include=dev', '--include=optional']);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  if (code !== 0) fail(`npm could not install the packages in ${folder}: see its message above.`);
}

/**
 * Whether npm's own record of what lies in node_modules agrees with the lockfile. `npm ci` removes the record first and
 * writes it last, so an interrupted install is done again; a developer's `npm install` counts.
 */
function isInstalled(folder) {
  const wanted = readJson(join(folder, 'package-lock.json')).packages;
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const found = readJson(record).packages;
  // Without a single package of development, they were left out on purpose (`npm ci --omit=dev`): what is built runs without.
  const isLean = !Object.entries(wanted).some(([path, { dev }]) => dev && found[path]);
  const complete = Object.entries(wanted).every(([path, { integrity, link, optional, devOptional, dev }]) => {
    if (!path.startsWith('node_modules/') || link) return true;
    return found[path] ? found[path].integrity === integrity : optional || devOptional || (dev && isLean);
  });
  // A folder that was copied from another machine holds that machine's binaries.
  const native = Object.values(found).every(
    ({ os, cpu }) =>
      [os ?? process.platform].flat().some(isThis) && [cpu ?? process.arch].flat().some(isThis),
  );
  return complete && native;
}

function isThis(value) {
  return value === process.platform || value === process.arch || value.startsWith('!');
}

/** A folder is the lock: making it succeeds for one process only. One whose owner has died is taken over. */
async function takeLock(lock) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isStale(lock)) {
      rmSync(lock, { recursive: true, force: true });
    } else {
      if (!waited) process.stderr.write('Another start is installing packages here; waiting for it ...\n');
      await sleep(300);
    }
  }
}

function isStale(lock) {
  try {
    const owner = Number(readFileSync(join(lock, 'pid'), 'utf8'));
    if (owner > 0) return !isAlive(owner);
    return Date.now() - statSync(lock).mtimeMs > lockWithoutOwnerMs;
  } catch {
    const made = statSync(lock, { throwIfNoEntry: false });
    return made !== undefined && Date.now() - made.mtimeMs > lockWithoutOwnerMs;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The npm that started us where there is one, so that both are of the same version. */
function runNpm(folder, npmArguments) {
  const parent = process.env.npm_execpath ?? '';
  const isNpm = basename(parent) === 'npm-cli.js' && existsSync(parent);
  const [command, ...first] = isNpm ? [process.execPath, parent] : ['npm'];
  // npm writes to stderr: stdout belongs to the program.
  const options = { cwd: folder, stdio: ['ignore', 2, 2], env: npmEnvironment() };
  return run(command, [...first, ...npmArguments, '--no-audit', '--no-fund', '--loglevel=error'], options);
}

/** Where to fetch from stays; what a parent npm was told to do (prefix, workspace, omit ...) is not ours. */
function npmEnvironment() {
  const kept =
    /^npm_config_(registry|cache|proxy|https_proxy|noproxy|ca|cafile|strict_ssl|userconfig|globalconfig|offline|prefer_offline)$/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([key]) => {
      const name = key.toLowerCase();
      return (!name.startsWith('npm_') && name !== 'init_cwd') || kept.test(name);
    }),
  );
}

/** Runs a program to its end, passing signals on. Resolves with its exit code, 128 + n when signal n ended it. */
function run(command, commandArguments, options) {
  return new Promise((done) => {
    const child = spawn(command, commandArguments, options);
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
    const forward = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    child.on('error', (error) => fail(`${command} could not be run: ${error.message}`));
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      done(code ?? 128 + constants.signals[signal]);
    });
  });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
