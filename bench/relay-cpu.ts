import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcess } from '../e2e/support/end-process.ts';
import { startRelay } from '../e2e/support/relay.ts';
import { freePort } from '../server/testing/free-port.ts';
import { cpuSecondsOf } from './process-cpu.ts';

/** As many, as large and as fast as ten consultations' pictures of some 1.6 Mbit/s in each direction. */
const sessions = 10;
const messageBytes = 1_000;
const everyMs = 5;
const messagesEach = 4_000;

export type RelayCpuMeasure = {
  /** CPU seconds of coturn per gigabyte (10^9) of media that it passes on, UDP on both sides. */
  relayCpuSecondsPerGb: number;
  relayMbitPerSecond: number;
};

/** Some 25 seconds: coturn as `deploy/` configures it, its own client program, and a peer that sends everything back. */
export async function measureRelayCpu(): Promise<RelayCpuMeasure> {
  const peerPort = await freePort();
  const relay = await startRelay({ peersOfTest: ['127.0.0.1'] });
  const peer = run('turnutils_peer', ['-L', '127.0.0.1', '-p', String(peerPort)]);
  try {
    await delay(500);
    const [before, began] = [cpuSecondsOf(relay.pid()), performance.now()];
    const where = `-e 127.0.0.1 -r ${peerPort} -p ${relay.ports.plain[0]}`;
    const load = `-m ${sessions} -n ${messagesEach} -l ${messageBytes} -z ${everyMs}`;
    const words = `-c -u bench -W ${relay.config.secret} ${where} ${load} 127.0.0.1`;
    const client = run('turnutils_uclient', words.split(' '));
    let told = '';
    client.stdout?.on('data', (data) => (told += String(data)));
    await once(client, 'close');
    const [cpuSeconds, seconds] = [cpuSecondsOf(relay.pid()) - before, (performance.now() - began) / 1000];
    // There, and back.
    const bytes = received(told) * messageBytes * 2;
    return {
      relayCpuSecondsPerGb: cpuSeconds / (bytes / 1e9),
      relayMbitPerSecond: (bytes * 8) / 1e6 / seconds,
    };
  } finally {
    await endProcess(peer, 'SIGKILL');
    await relay.close();
  }
}

function run(program: string, words: string[]): ChildProcess {
  return spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** @throws where less than 99 of 100 came back: then something else was measured */
function received(told: string): number {
  const last = [...told.matchAll(/tot_recv_msgs=(\d+)/g)].at(-1);
  const count = Number(last?.[1] ?? 0);
  if (count < 0.99 * sessions * messagesEach)
    throw new Error(`only ${count} messages came back through coturn`);
  return count;
}
