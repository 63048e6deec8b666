import { ensureChromium } from './chromium.ts';
import { runGate } from './gate.ts';

// The same gate as `npm run check`, on a machine that may not have a browser yet.
try {
  ensureChromium();
  await runGate();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
