import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { endProcess } from '../e2e/support/end-process.ts';

/** A child process of a bench that answers one request at a time. */
export type Child<Requests extends Answers> = {
  ask<Kind extends keyof Requests & string>(kind: Kind, input?: unknown): Promise<Requests[Kind]>;
  close(): Promise<void>;
};

type Answers = Record<string, unknown>;

/** Starts `file` of this folder in its own process, so that its CPU time and memory are its own. */
export function startChild<Requests extends Answers>(file: string, args: string[] = []): Child<Requests> {
  const child = fork(new URL(file, import.meta.url), args, {
    execArgv: ['--expose-gc'],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    async ask<Kind extends keyof Requests & string>(kind: Kind, input?: unknown) {
      child.send({ kind, input });
      return (await answerOf(child, file)) as Requests[Kind];
    },
    close: () => endProcess(child, 'SIGKILL'),
  };
}

async function answerOf(child: ChildProcess, file: string): Promise<unknown> {
  const ended = new AbortController();
  try {
    const answer = once(child, 'message', { signal: ended.signal });
    const exit = once(child, 'exit', { signal: ended.signal }).then(() => {
      throw new Error(`${file} ended before it answered`);
    });
    const [{ value, error }] = (await Promise.race([answer, exit])) as [{ value?: unknown; error?: string }];
    if (error !== undefined) throw new Error(`${file}: ${error}`);
    return value;
  } finally {
    ended.abort();
  }
}

/** The child's side: answers each request with what its handler returns. */
export function answerRequests(handlers: Record<string, (input: never) => unknown>): void {
  process.on('message', ({ kind, input }: { kind: string; input: never }) => {
    const handler = handlers[kind];
    Promise.resolve(handler?.(input)).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : 'failed' }),
    );
  });
  // Nobody is left to answer to.
  process.on('disconnect', () => process.exit());
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
