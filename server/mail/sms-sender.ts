import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { once } from 'node:events';
import type { Context } from '../http/context.ts';
import type { DeliveryConfig } from '../http/delivery-settings.ts';
import type { Claimed, Outcome } from './outbox.ts';
import type { HandOver, Sender } from './sender.ts';

type SmsConfig = NonNullable<DeliveryConfig['sms']>;

// Together shorter than an outbox's lease.
const connectTimeoutMs = 15_000;
const answerTimeoutMs = 30_000;
const unreachablePauseMs = 15_000;
const signInPauseMs = 600_000;

/** Nothing of the answer but its status is of interest; a redirection is an answer like any other. */
type Answer = { status: number } | { error: string; isOnItsWay: boolean };

/**
 * Sends through the operator's gateway: a POST with `{ to, text }` and a bearer token. The message's id is the
 * `Idempotency-Key`, should the gateway know what to do with it.
 */
export function openSmsSender({ log }: Pick<Context, 'log'>, sms: SmsConfig): Sender {
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  async function send({ id, content }: Claimed, handOver: HandOver): Promise<Outcome> {
    const answer = await post(sms, { id, body: content, handOver, stop: stopping.signal });
    if (answer === 'withdrawn') return { state: 'withdrawn' };
    const outcome = sortAnswer(answer);
    if (outcome.state !== 'sent') log.warn({ delivery: id, ...outcome, sms: answer });
    return outcome;
  }
  return {
    send(claimed, handOver) {
      const sending = send(claimed, handOver);
      underWay.add(sending);
      return sending.finally(() => underWay.delete(sending));
    },
    async close() {
      stopping.abort();
      await Promise.allSettled(underWay);
    },
  };
}

type Post = { id: string; body: { to: string; text: string }; handOver: HandOver; stop: AbortSignal };

/** Only when the gateway is reached is the outbox asked, and only then does anything of the message leave. */
async function post(sms: SmsConfig, { id, body, handOver, stop }: Post): Promise<Answer | 'withdrawn'> {
  const json = JSON.stringify({ to: body.to, text: body.text });
  const request = startRequest(sms, { id, length: Buffer.byteLength(json) });
  let isOnItsWay = false;
  const onStop = (): void => void (!isOnItsWay && request.destroy());
  stop.addEventListener('abort', onStop);
  try {
    if (stop.aborted) request.destroy();
    await reachGateway(request);
    if (!(await handOver(null))) return 'withdrawn';
    if (request.destroyed) throw new Error('The connection has ended.');
    isOnItsWay = true;
    const answered = once(request, 'response', { signal: AbortSignal.timeout(answerTimeoutMs) });
    request.end(json);
    const [response] = (await answered) as [IncomingMessage];
    return { status: response.statusCode ?? 0 };
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return { error: code ?? name, isOnItsWay };
  } finally {
    stop.removeEventListener('abort', onStop);
    request.destroy();
  }
}

function startRequest(
  { url, token }: SmsConfig,
  { id, length }: { id: string; length: number },
): ClientRequest {
  const request = (url.startsWith('https:') ? requestTls : requestPlain)(url, {
    method: 'POST',
    agent: false,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': length,
      'idempotency-key': id,
    },
  });
  // Whoever waits for a step hears of it there.
  request.on('error', () => {});
  return request;
}

/** Resolves once a connection stands, over TLS if the address says so. */
async function reachGateway(request: ClientRequest): Promise<void> {
  const signal = AbortSignal.timeout(connectTimeoutMs);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  request.once('error', reject);
  request.once('close', () => reject(new Error('The connection has ended.')));
  signal.addEventListener('abort', () => reject(signal.reason));
  request.once('socket', (socket) => {
    socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', resolve);
  });
  await promise;
}

function sortAnswer(answer: Answer): Outcome {
  if ('error' in answer) {
    if (answer.isOnItsWay) return { state: 'uncertain' };
    return { state: 'waiting', reason: 'unreachable', pauseMs: unreachablePauseMs };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return { state: 'sent' };
  if (status === 401 || status === 403) {
    return { state: 'waiting', reason: 'sign-in', pauseMs: signInPauseMs };
  }
  if (status === 429 || status === 503) return { state: 'waiting', reason: 'later' };
  if (status === 400 || status === 422) return { state: 'refused', reason: 'address' };
  // Something else may have gone wrong after the message was passed on.
  if (status >= 500) return { state: 'uncertain' };
  return { state: 'refused', reason: 'mail-server' };
}
