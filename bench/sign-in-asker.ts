import { setTimeout as delay } from 'node:timers/promises';
import { openTestPractice, type TestPractice } from '../server/testing/test-practice.ts';
import type { TestServerAddress } from '../server/testing/test-server.ts';
import { answerRequests } from './child.ts';

/** Practices that are signed in, in a process of their own: what they wait for is the server alone. */
export type SignInAsker = {
  open: void;
  begin: void;
  /** How long each request since `begin` took, in milliseconds. */
  end: number[];
};

const practiceCount = 4;
const pauseMs = 100;

const practices: TestPractice[] = [];
let asking = new AbortController();
let answers: Promise<number[]>[] = [];

answerRequests({
  async open(address: Omit<TestServerAddress, 'context'>) {
    const server = { ...address, context: { now: () => new Date() } };
    for (let count = 0; count < practiceCount; count++) practices.push(await openTestPractice(server));
  },
  begin() {
    asking = new AbortController();
    answers = practices.map((practice) => askUntil(asking.signal, practice));
  },
  async end() {
    asking.abort();
    return (await Promise.all(answers)).flat();
  },
});

async function askUntil(ended: AbortSignal, { client }: TestPractice): Promise<number[]> {
  const took: number[] = [];
  while (!ended.aborted) {
    const began = performance.now();
    await client.practice.session({});
    took.push(performance.now() - began);
    await delay(pauseMs);
  }
  return took;
}
