import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { checkBundles } from './budget.ts';
import { ensureWebBuilt, repositoryRoot, webApps } from './build.ts';
import { findChromium } from './chromium.ts';
import { runAllTests } from './run-tests.ts';
import { stopSignal } from './stop-signal.ts';

type Step = { name: string; isGood: () => Promise<boolean> };

/**
 * Everything that must hold before a change lands: format, types, lint, unused code, bundles, tests. Goes through all of
 * it even if something fails, ends with the line `N passed, N failed`, and sets the exit code.
 */
export async function runGate(): Promise<void> {
  const stop = stopSignal();
  const chromium = findChromium();
  if (chromium) process.env['CHROMIUM_PATH'] = chromium;
  const steps: Step[] = [
    { name: 'format', isGood: () => runTool(stop, 'prettier', ['--check', '--log-level=warn', '.']) },
    { name: 'types', isGood: () => runTool(stop, 'tsc', ['-b']) },
    { name: 'lint', isGood: () => runTool(stop, 'oxlint', ['--type-aware', '--deny-warnings']) },
    { name: 'unused code', isGood: () => runTool(stop, 'knip', []) },
    { name: 'bundles', isGood: areBundlesGood },
  ];
  let passed = 0;
  let failed = 0;
  for (const { name, isGood } of steps) {
    if (stop.aborted) break;
    const good = await isGood();
    process.stdout.write(`${good ? '✔' : '✖'} ${name}\n`);
    if (good) passed += 1;
    else failed += 1;
  }
  if (!stop.aborted) {
    const tests = await runAllTests(stop);
    passed += tests.passed;
    failed += tests.failed;
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (failed > 0 || stop.aborted) process.exitCode = 1;
}

async function runTool(signal: AbortSignal, name: string, toolArguments: string[]): Promise<boolean> {
  const tool = join(repositoryRoot, 'node_modules', '.bin', name);
  const child = spawn(tool, toolArguments, { cwd: repositoryRoot, stdio: ['ignore', 'inherit', 'inherit'] });
  const end = (): void => void child.kill();
  signal.addEventListener('abort', end);
  const [code] = await once(child, 'exit');
  signal.removeEventListener('abort', end);
  return code === 0;
}

async function areBundlesGood(): Promise<boolean> {
  try {
    await ensureWebBuilt();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return false;
  }
  const reports = webApps.map((app) => checkBundles(app, join(repositoryRoot, 'web', app, 'dist')));
  for (const { measured, problems } of reports) {
    process.stdout.write(`${measured}\n`);
    for (const problem of problems) process.stderr.write(`${problem}\n`);
  }
  return reports.every(({ problems }) => problems.length === 0);
}
