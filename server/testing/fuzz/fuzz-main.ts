import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startTestPostgres } from '../test-database.ts';
import { startTestServer } from '../test-server.ts';
import { startTestSignalling } from '../test-signalling.ts';
import { fuzzApi } from './fuzz-api.ts';
import { fuzzSockets } from './fuzz-sockets.ts';

/** Of all inputs, so many go to the API; a socket's cost a tenth. */
const apiShare = 0.1;
const rounds = 10;

const inputs = Number(process.argv[2] ?? 1_000_000);
const firstSeed = Number(process.argv[3] ?? Date.now() % 1_000_000);
if (!Number.isSafeInteger(inputs) || inputs < rounds) {
  process.stderr.write('Usage: npm run fuzz -- [INPUTS [SEED]]\n');
  process.exit(1);
}
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const postgres = await startTestPostgres();
process.env['TEST_DATABASE_URL'] = postgres.connectionString;
const server = await startTestServer({ config: { logLevel: 'error' } });
const signalling = await startTestSignalling({
  limits: { maxUpgradesPerAddressAndMinute: Infinity, maxSocketsPerAddress: 10_000 },
});
const wrong: string[] = [];
const heapMb: number[] = [];
for (let round = 0; round < rounds; round++) {
  const seed = firstSeed + 100 * round;
  wrong.push(...(await fuzzApi(server, { inputs: Math.ceil((inputs * apiShare) / rounds), seed })));
  wrong.push(
    ...(await fuzzSockets(signalling, { inputs: Math.ceil((inputs * (1 - apiShare)) / rounds), seed })),
  );
  for (const { logLines } of [server, signalling]) {
    wrong.push(...logLines.splice(0).filter((line) => line.includes('"level":50')));
  }
  collectGarbage();
  heapMb.push(process.memoryUsage().heapUsed / 2 ** 20);
  process.stdout.write(
    `${round + 1}/${rounds}  seed ${seed}  ${wrong.length} wrong  ${heapMb.at(-1)?.toFixed(1)} MB\n`,
  );
}
await server.close();
await signalling.close();
await postgres.close();
for (const line of wrong) process.stdout.write(`${line}\n`);
process.stdout.write(
  `${JSON.stringify({ inputs, seed: firstSeed, wrong: wrong.length, growthMb: (heapMb.at(-1) ?? 0) - (heapMb[1] ?? 0) })}\n`,
);
if (wrong.length > 0) process.exitCode = 1;
