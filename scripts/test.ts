import { runGate } from './gate.ts';
import { ensureTestTools } from './test-tools.ts';

// The same gate as `npm run check`, on a machine that may not have the browsers, the relay and the rest yet.
try {
  ensureTestTools();
  await runGate();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
