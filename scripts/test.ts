import { ensureChromium } from './chromium.ts';
import { runGate } from './gate.ts';
import { ensurePoppler } from './poppler.ts';

// The same gate as `npm run check`, on a machine that may not have a browser yet, nor what reads a printed letter.
try {
  ensureChromium();
  ensurePoppler();
  await runGate();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
