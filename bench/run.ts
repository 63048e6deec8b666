import { join } from 'node:path';
import { ensureTestTools } from '../scripts/test-tools.ts';
import { measureRoom, roomBudget } from '../scripts/budget.ts';
import { ensureWebBuilt, repositoryRoot } from '../scripts/build.ts';
import { startTestPostgres } from '../server/testing/test-database.ts';
import { measureCallCpu } from './call-cpu.ts';
import { measureCallIn } from './call-in.ts';
import { measureColdJoin } from './cold-join.ts';
import { measureFileMemory } from './file-memory.ts';
import { measureHerd } from './herd.ts';
import { measureInstances } from './instances.ts';
import { measureMail } from './mail.ts';
import { measureRelay } from './relay.ts';
import { measureRelayCpu } from './relay-cpu.ts';
import { measureRenewal } from './renewal.ts';
import { measureSignIn } from './sign-in.ts';
import { measureSocketMemory } from './socket-memory.ts';
import { measureSoak } from './soak.ts';
import { measureStartAgain } from './start-again.ts';
import { measureWeekView } from './week-view.ts';
import { measureWrites } from './writes.ts';

type Row = { what: string; measured: string; bar: string; good: boolean };

ensureTestTools(['chromium', 'redis-server', 'coturn']);
await ensureWebBuilt();
const postgres = await startTestPostgres();
process.env['TEST_DATABASE_URL'] = postgres.connectionString;
try {
  await measureAll();
} finally {
  await postgres.close();
}

/** One after the other: each has the machine for itself. `--json` adds one JSON object as the last line. */
async function measureAll(): Promise<void> {
  const size = measureRoom(join(repositoryRoot, 'web', 'room', 'dist'));
  const cold = await measureColdJoin();
  const call = await measureCallIn();
  const files = await measureFileMemory();
  const cpu = await measureCallCpu();
  const relay = await measureRelay();
  const relayCpu = await measureRelayCpu();
  const memory = await measureSocketMemory();
  const renewal = await measureRenewal();
  const mail = await measureMail();
  const week = await measureWeekView();
  const start = await measureStartAgain();
  const instances = await measureInstances();
  const herd = await measureHerd();
  const writes = await measureWrites();
  const signIn = await measureSignIn();
  const soak = await measureSoak(soakMinutes());
  const weekRatio = week.weekView100000Ms / week.weekView100Ms;
  const growth = renewal.rotation5000Ms / renewal.rotation500Ms;
  print([
    {
      what: 'called in -> first remote frame on both sides, median of 20',
      measured: `${ms(call.callInMs)}, bare floor ${ms(call.callInFloorMs)}: ${call.callInRatio.toFixed(2)}x`,
      bar: '<= 1.2x',
      good: call.callInRatio <= 1.2,
    },
    {
      what: 'CPU seconds per minute of a consultation, both browsers, beside a bare peer connection',
      measured: `${cpu.callCpuSeconds.toFixed(0)} s, bare ${cpu.callCpuFloorSeconds.toFixed(0)} s: ${cpu.callCpuRatio.toFixed(2)}x`,
      bar: '<= 1.3x',
      good: cpu.callCpuRatio <= 1.3,
    },
    {
      what: 'link opened cold -> seen by the practice, own picture moving',
      measured: ms(cold.coldJoinMs),
      bar: '<= 1,000 ms',
      good: cold.coldJoinMs <= 1_000,
    },
    {
      what: '200 MB sent in a consultation: growth of the pages, on the side where it is more',
      measured: `${Math.round(files.fileMemoryMb)} MB, ${Math.round(files.fileMbPerSecond)} MB/s`,
      bar: '<= 100 MB',
      good: files.fileMemoryMb <= 100,
    },
    {
      what: 'room app, all JS until a person talks (gzip -9)',
      measured: kilobytes(size.js),
      bar: `<= ${kilobytes(roomBudget.js)}`,
      good: size.js <= roomBudget.js,
    },
    {
      what: 'room app, JS before the first screen',
      measured: kilobytes(size.firstScreenJs),
      bar: `<= ${kilobytes(roomBudget.firstScreenJs)}`,
      good: size.firstScreenJs <= roomBudget.firstScreenJs,
    },
    {
      what: 'requests until the patient waits, socket included',
      measured: String(cold.roomRequests),
      bar: `<= ${roomBudget.requests}`,
      good: cold.roomRequests <= roomBudget.requests,
    },
    {
      what: 'messages relayed per CPU second, beside a bare ws relay',
      measured: `${relay.relayRatio.toFixed(2)}x`,
      bar: '>= 0.7x',
      good: relay.relayRatio >= 0.7,
    },
    {
      what: 'coturn as deploy/ configures it: CPU seconds per gigabyte of media relayed, UDP',
      measured: `${relayCpu.relayCpuSecondsPerGb.toFixed(1)} s`,
      bar: 'a cost to plan with',
      good: true,
    },
    {
      what: 'memory per waiting patient, beside a bare ws socket',
      measured: `${memory.socketMemoryRatio.toFixed(2)}x`,
      bar: '<= 2x',
      good: memory.socketMemoryRatio <= 2,
    },
    {
      what: 'practice key renewed: 500 and 5,000 sealed records',
      measured: `${ms(renewal.rotation500Ms)} and ${ms(renewal.rotation5000Ms)}: ${growth.toFixed(1)}x`,
      bar: '<= 12x for ten times as many',
      good: growth <= 12,
    },
    {
      what: 'week view with 100 and with 100,000 appointments in the practice, median of 9',
      measured: `${ms(week.weekView100Ms)} and ${ms(week.weekView100000Ms)}: ${weekRatio.toFixed(2)}x`,
      bar: '<= 1.3x',
      good: weekRatio <= 1.3,
    },
    {
      what: 'mails due in the same minute: 1,000, each received once, beside the bare mail library',
      measured: `${ms(mail.mails1000Ms)}, bare ${ms(mail.mails1000FloorMs)}`,
      bar: '<= 60 s',
      good: mail.mails1000Ms <= 60_000,
    },
    {
      what: 'npm start on a database that is there -> both addresses, median of 5',
      measured: ms(start.startAgainMs),
      bar: '<= 3,000 ms',
      good: start.startAgainMs <= 3_000,
    },
    {
      what: 'frames relayed by two instances through Redis, beside one alone, on this machine',
      measured: `${instances.instances2Ratio.toFixed(2)}x, apart ${instances.instances2ApartRatio.toFixed(2)}x; CPU a frame ${instances.instances2FrameCost.toFixed(2)}x, apart ${instances.instances2ApartFrameCost.toFixed(2)}x`,
      bar: '>= 1.6x, or why not: docs/performance.md',
      good: instances.instances2Ratio >= 1.6,
    },
    {
      what: '10,000 participants and 2,000 hosts come back at the same moment, beside bare ws',
      measured: `${ms(herd.herdMs)}, bare ${ms(herd.herdFloorMs)}`,
      bar: '<= 60 s',
      good: herd.herdMs <= 60_000,
    },
    {
      what: 'relayed message while they are there, 99 of 100',
      measured: `${herd.relayP99Ms.toFixed(1)} ms, bare ${herd.relayP99FloorMs.toFixed(1)} ms`,
      bar: '<= 5x',
      good: herd.relayP99Ms <= 5 * herd.relayP99FloorMs,
    },
    {
      what: 'appointments booked a second, beside PostgreSQL with the same rows',
      measured: `${writes.writesPerSecond.toFixed(0)}, bare ${writes.writesFloorPerSecond.toFixed(0)}: ${writes.writeRatio.toFixed(2)}x`,
      bar: '>= 0.1x',
      good: writes.writeRatio >= 0.1,
    },
    {
      what: 'booking with 10 and with 100 practices’ data, beside one’s',
      measured: `${writes.writes10PracticesRatio.toFixed(2)}x and ${writes.writes100PracticesRatio.toFixed(2)}x the time`,
      bar: '<= 1.3x',
      good: writes.writes100PracticesRatio <= 1.3,
    },
    {
      what: '200 practitioners sign in at the same moment, beside their password hashes alone',
      measured: `${ms(signIn.signInStormMs)}, ${signIn.signInsPerSecond.toFixed(1)} a second: ${signIn.signInRatio.toFixed(2)}x`,
      bar: '>= 0.7x',
      good: signIn.signInRatio >= 0.7,
    },
    {
      what: 'request of somebody signed in meanwhile, 99 of 100, beside the same while nobody signs in',
      measured: `${ms(signIn.requestP99InStormMs)}, else ${ms(signIn.requestP99Ms)}`,
      bar: '<= 1,000 ms',
      good: signIn.requestP99InStormMs <= 1_000,
    },
    {
      what: `${soak.soakMinutes} minutes of coming and going at two instances: growth of memory`,
      measured: `${soak.soakGrowthMb.toFixed(1)} MB, ${soak.soakSockets} sockets`,
      bar: '<= 10 MB',
      good: soak.soakGrowthMb <= 10,
    },
  ]);
  if (process.argv.includes('--json')) {
    const { js: roomJsGzBytes, firstScreenJs: firstScreenJsGzBytes } = size;
    const json = {
      ...call,
      ...cpu,
      ...cold,
      ...files,
      roomJsGzBytes,
      firstScreenJsGzBytes,
      ...relay,
      ...relayCpu,
      ...memory,
      ...renewal,
      ...mail,
      ...week,
      ...start,
      ...instances,
      ...herd,
      ...writes,
      ...signIn,
      ...soak,
    };
    process.stdout.write(`${JSON.stringify(json)}\n`);
  }
}

function print(rows: Row[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, measured, bar, good } of rows) {
    process.stdout.write(`${good ? '✔' : '✖'} ${what.padEnd(width)}  ${measured.padEnd(34)}  ${bar}\n`);
  }
}

/** `--soak 60`: for an hour; otherwise long enough to see a leak of a kilobyte per socket. */
function soakMinutes(): number {
  const given = process.argv.indexOf('--soak');
  return given === -1 ? 3 : Number(process.argv[given + 1]);
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
