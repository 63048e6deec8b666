import { readConfig } from '../server/http/config.ts';
import { repositoryRoot } from './build.ts';

// For a container's health check: ends with 0 if the server with these settings lives on this machine, else with 1.
const answerMs = 4_000;

try {
  const { practicePort } = readConfig(process.env, repositoryRoot);
  const response = await fetch(`http://127.0.0.1:${practicePort}/healthz`, {
    signal: AbortSignal.timeout(answerMs),
  });
  process.stdout.write(`${await response.text()}\n`);
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
