import { randomUUID } from 'node:crypto';
import { createClient } from '@redis/client';
import { describeFailure, finding, type Finding } from './finding.ts';

const about = 'Redis';

/** Whether servers could find each other there: it answers, passes on what is published, and throws nothing away. */
export async function checkRedis(url: string, signal: AbortSignal): Promise<Finding[]> {
  const options = { url, socket: { connectTimeout: 5_000, reconnectStrategy: false as const } };
  const [speaker, listener] = [createClient(options), createClient(options)];
  const clients = [speaker, listener];
  const end = (): void => {
    for (const client of clients) if (client.isOpen) client.destroy();
  };
  for (const client of clients) client.on('error', () => {});
  signal.addEventListener('abort', end);
  try {
    await Promise.all(clients.map((client) => client.connect()));
    await speaker.ping();
    const channel = `sprechzimmer:check:${randomUUID()}`;
    const heard = Promise.withResolvers<string>();
    await listener.subscribe(channel, heard.resolve);
    await speaker.publish(channel, channel);
    const late = AbortSignal.any([signal, AbortSignal.timeout(5_000)]);
    late.addEventListener('abort', () => heard.reject(new Error('what is published does not arrive')));
    await heard.promise;
    const answers = finding('ok', about, 'answers, and passes on what is published');
    return [answers, await checkMemory((name) => speaker.configGet(name))];
  } catch (error) {
    return [finding('failed', about, `${explain(error)}. See REDIS_URL`)];
  } finally {
    end();
  }
}

type Settings = (name: string) => Promise<Record<string, string>>;

async function checkMemory(get: Settings): Promise<Finding> {
  const memory = `${about} memory`;
  try {
    const { maxmemory = '0' } = await get('maxmemory');
    const { 'maxmemory-policy': policy = '' } = await get('maxmemory-policy');
    if (maxmemory === '0' || policy === 'noeviction') {
      return finding('ok', memory, `throws nothing away (maxmemory ${maxmemory}, ${policy})`);
    }
    const text = `throws away what it thinks is old when it is full (${policy}): set maxmemory-policy noeviction, and let nobody else use it`;
    return finding('warning', memory, text);
  } catch {
    return finding('skipped', memory, 'does not tell its settings: see that maxmemory-policy is noeviction');
  }
}

function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/WRONGPASS|NOAUTH|invalid password|AUTH failed/i.test(message)) return 'refuses the password';
  if (message.includes('NOPERM')) return 'does not let this user publish and subscribe';
  return describeFailure(error);
}
