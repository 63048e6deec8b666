import { runGate } from './gate.ts';

await runGate();
