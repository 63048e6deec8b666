import { parseArgs } from 'node:util';
import { type CaseName, caseNames, type CaseResult, runCase } from './cases.ts';
import { type Impairment, type ImpairedResult, impairments, measureImpaired, type Seen } from './impaired.ts';
import { type Lab, openLab } from './lab.ts';

// npm run lab -- [--json] [--only open,loss10] [--seconds 25]
const longestMs = 20 * 60_000;

type Failed = { connected: false; error: string };
type Results = {
  cases: Partial<Record<CaseName, CaseResult | Failed>>;
  impaired: Partial<Record<Impairment, ImpairedResult | Failed>>;
};

const impairmentNames = Object.keys(impairments) as Impairment[];

// What hangs in spite of all its own time limits; the namespaces go with the process.
setTimeout(() => {
  process.stderr.write('The network lab did not come to its end within 20 minutes.\n');
  process.exit(1);
}, longestMs).unref();

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, only: { type: 'string' }, seconds: { type: 'string' } },
  });
  const wanted = values.only?.split(',') ?? [...caseNames, ...impairmentNames];
  const unknown = wanted.filter(
    (name) => ![...caseNames, ...impairmentNames].some((known) => known === name),
  );
  if (unknown.length > 0) {
    throw new Error(
      `There is no case ${unknown.join(', ')}. Choose of ${[...caseNames, ...impairmentNames].join(', ')}.`,
    );
  }
  const results = await measure(wanted, Number(values.seconds ?? 25));
  if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`);
  const failed = [...Object.values(results.cases), ...Object.values(results.impaired)].some(isFailed);
  if (failed) process.exitCode = 1;
}

async function measure(wanted: string[], seconds: number): Promise<Results> {
  const results: Results = { cases: {}, impaired: {} };
  const lab = await openLab();
  try {
    for (const name of caseNames.filter((one) => wanted.includes(one))) {
      results.cases[name] = await attempt(() => runCase(lab, name));
      print(caseLine(name, results.cases[name]));
    }
    for (const name of impairmentNames.filter((one) => wanted.includes(one))) {
      results.impaired[name] = await attempt(() => impairedOn(lab, name, seconds));
      print(impairedLines(name, results.impaired[name]));
    }
  } finally {
    await lab.close();
  }
  return results;
}

function impairedOn(lab: Lab, name: Impairment, seconds: number): Promise<ImpairedResult> {
  return measureImpaired(lab, name, seconds * 1_000);
}

/** One case that fails does not keep the others from being measured. */
async function attempt<Result>(work: () => Promise<Result>): Promise<Result | Failed> {
  try {
    return await work();
  } catch (error) {
    return { connected: false, error: (error as Error).message };
  }
}

function isFailed(result: object): result is Failed {
  return 'error' in result;
}

/** Next to the one JSON object on stdout, people read the table on stderr. */
function print(text: string): void {
  const stream = process.argv.includes('--json') ? process.stderr : process.stdout;
  stream.write(`${text}\n`);
}

function caseLine(name: CaseName, result: CaseResult | Failed): string {
  if (isFailed(result)) return `✖ ${name.padEnd(14)} ${result.error}`;
  const { path, protocol, connectMs, firstFrameMs, recoverMs, longestStillMs } = result;
  const recovered =
    recoverMs === null ? '' : `  picture back after ${recoverMs} ms, still for ${longestStillMs} ms`;
  return (
    `✔ ${name.padEnd(14)} ${`${path}, ${protocol}`.padEnd(13)}` +
    `  connected ${`${connectMs} ms`.padStart(8)}  first picture ${`${firstFrameMs} ms`.padStart(8)}${recovered}`
  );
}

function impairedLines(name: Impairment, result: ImpairedResult | Failed): string {
  if (isFailed(result)) return `✖ ${name.padEnd(14)} ${result.error}`;
  const { product, bare } = result;
  return [
    `✔ ${name}`,
    ...(['practice', 'patient'] as const).flatMap((end) => [
      `    at the ${end.padEnd(8)} product  ${seenLine(product[end])}`,
      `    ${''.padEnd(15)} bare     ${seenLine(bare[end])}`,
    ]),
  ].join('\n');
}

function seenLine(seen: Seen): string {
  return [
    `${seen.resolution.padStart(9)} ${seen.framesPerSecond.toFixed(1).padStart(4)} fps`,
    `${seen.freezes} freezes, ${seen.frozenMs} ms`.padStart(20),
    `longest still ${seen.longestStillMs} ms`.padStart(22),
    `sound made up ${seen.soundLossPercent} %`.padStart(20),
    `${seen.kbitPerSecond} kbit/s`.padStart(11),
  ].join('  ');
}
