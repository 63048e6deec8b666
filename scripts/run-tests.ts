import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { startTestPostgres } from '../server/testing/test-database.ts';
import { repositoryRoot } from './build.ts';

export type Tally = { passed: number; failed: number };

const longestFileMs = 15 * 60_000;

/** Runs every test file of the product, and tells on stdout; all share one PostgreSQL. */
export async function runAllTests(signal: AbortSignal): Promise<Tally> {
  const postgres = await startTestPostgres();
  process.env['TEST_DATABASE_URL'] = postgres.connectionString;
  try {
    const cores = availableParallelism();
    const tallies = [
      await runTests(['{packages,server,web,scripts,deploy}/**/*.test.ts'], cores, signal),
      await runTests(['e2e/practice/*.test.ts'], cores, signal),
      // Whole consultations need the machine for themselves.
      await runTests(['e2e/{*,lab/*}.test.ts'], 1, signal),
    ];
    return {
      passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
      failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    };
  } finally {
    delete process.env['TEST_DATABASE_URL'];
    await postgres.close();
  }
}

/** No file, or files without a test in them, count as a failure: then something is wrong with the pattern. */
export async function runTests(
  patterns: string[],
  concurrency: number,
  signal: AbortSignal,
  folder: string = repositoryRoot,
  fileLimitMs: number = longestFileMs,
): Promise<Tally> {
  const files = globSync(patterns, {
    cwd: folder,
    exclude: (name) => name === 'node_modules' || name === 'dist',
  });
  const tally: Tally = { passed: 0, failed: 0 };
  if (files.length > 0) {
    const events = run({
      cwd: folder,
      files: files.sort(),
      concurrency,
      signal,
      execArgv: ['--import', fileLimit(fileLimitMs)],
    });
    events.on('test:summary', ({ file, counts, success }) => {
      // The summary of all files names none.
      if (file !== undefined) return;
      tally.passed = counts.passed;
      tally.failed = counts.tests - counts.passed - counts.skipped - counts.todo;
      // A file that breaks down outside its tests.
      if (!success) tally.failed = Math.max(1, tally.failed);
    });
    const report = events.compose(new spec());
    report.pipe(process.stdout, { end: false });
    await finished(report);
  }
  if (tally.passed + tally.failed === 0) {
    process.stdout.write(`No test ran for ${patterns.join(' ')}.\n`);
    tally.failed = 1;
  }
  return tally;
}

/** The runner's own limit is one per test: a file whose tests are over, but not its timers, would run forever. */
function fileLimit(ms: number): string {
  const program = `
    setTimeout(() => {
      process.stderr.write('A test file still ran after ${ms / 1000} s: is a timer or a connection left open?\\n');
      process.exit(1);
    }, ${ms}).unref();`;
  return `data:text/javascript,${encodeURIComponent(program)}`;
}
