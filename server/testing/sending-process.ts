import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { SmtpConfig } from '../http/delivery-settings.ts';

export type SendingJob = {
  connectionString: string;
  schema: string;
  smtp: SmtpConfig;
  /** Hexadecimal. */
  serverKey: string;
};

export type SendingProcess = { kill9(): Promise<void> };

/** A process of its own that sends what is due, as a server does. */
export async function startSendingProcess(job: SendingJob): Promise<SendingProcess> {
  const script = new URL('sending-process-main.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: process.env,
  });
  child.stdin?.end(JSON.stringify(job));
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout ?? child, 'data'), exited]);
  if (child.exitCode !== null) throw new Error('the sending process did not start');
  return {
    async kill9() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
