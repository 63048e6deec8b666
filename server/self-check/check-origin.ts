import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { clockFinding, describeFailure, finding, type Finding } from './finding.ts';

type Options = { ca?: string | undefined; signal: AbortSignal };

const warnDays = 21;
const dayMs = 86_400_000;

/** One public address, as browsers reach it: certificate, the server behind the proxy, and for the room its WebSocket. */
export async function checkOrigin(
  app: 'practice' | 'room',
  origin: string,
  options: Options,
): Promise<Finding[]> {
  const about = `${app} address`;
  const certificate = origin.startsWith('https:')
    ? [await checkCertificate(about, origin, options)]
    : [finding('skipped', `${about} TLS`, `${origin} is for this machine only`)];
  const answers = await checkAnswers(about, origin, options);
  const isThere = answers.every(({ status }) => status !== 'failed');
  const socket = app === 'room' && isThere ? [await checkSocket(about, origin, options)] : [];
  return [...certificate, ...answers, ...socket];
}

async function checkCertificate(about: string, origin: string, { ca, signal }: Options): Promise<Finding> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  // Looked at even if it is wrong: how wrong it is decides what to do.
  const options = {
    host,
    port: Number(port) || 443,
    servername: isIP(host) ? '' : host,
    rejectUnauthorized: false,
  };
  const socket = connect({ ...options, ...(ca && { ca }) });
  const end = (): void => void socket.destroy();
  signal.addEventListener('abort', end);
  const { promise, resolve, reject } = Promise.withResolvers<Finding>();
  socket.on('error', reject);
  socket.on('close', () => reject(Object.assign(new Error('closed'), { code: 'ETIMEDOUT' })));
  socket.on('secureConnect', () => {
    const { valid_to: until } = socket.getPeerCertificate();
    const days = Math.floor((Date.parse(until) - Date.now()) / dayMs);
    const { authorized, authorizationError } = socket;
    if (!authorized) {
      const why = describeFailure(
        Object.assign(new Error(String(authorizationError)), { code: codeOf(authorizationError) }),
      );
      resolve(finding('failed', `${about} TLS`, `${origin}: ${why}`));
    } else if (days < warnDays) {
      resolve(
        finding('warning', `${about} TLS`, `the certificate ends in ${days} days: is it renewed by itself?`),
      );
    } else resolve(finding('ok', `${about} TLS`, `the certificate is right, for ${days} more days`));
  });
  try {
    return await promise;
  } catch (error) {
    return finding('failed', `${about} TLS`, `${origin} takes no TLS connection: ${describeFailure(error)}`);
  } finally {
    end();
  }
}

/** Node gives the code where its types say an error. */
function codeOf(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? '') : String(error);
}

async function checkAnswers(about: string, origin: string, options: Options): Promise<Finding[]> {
  const before = Date.now();
  let response: IncomingMessage;
  try {
    response = await get(`${origin}/healthz`, options);
  } catch (error) {
    return [finding('failed', about, `${origin} does not answer: ${describeFailure(error)}`)];
  }
  const here = (before + Date.now()) / 2;
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) {
    const text = `${origin}/healthz answers ${statusCode}: does the server run, and does the proxy lead to it?`;
    return [finding('failed', about, text)];
  }
  const findings = [finding('ok', about, `${origin} answers`)];
  if (origin.startsWith('https:') && !/max-age=[1-9]/.test(headers['strict-transport-security'] ?? '')) {
    const text = 'Strict-Transport-Security does not arrive: the server sends it, so the proxy takes it away';
    findings.push(finding('warning', `${about} HSTS`, text));
  }
  const date = Date.parse(headers.date ?? '');
  // The header has no fractions of a second.
  if (!Number.isNaN(date))
    findings.push(clockFinding(`${about} clock`, date + 500 - here, 'who answers there'));
  return findings;
}

/** Whether the proxy passes a WebSocket on; what the server then says to a stranger does not matter. */
async function checkSocket(about: string, origin: string, options: Options): Promise<Finding> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    origin,
    'sec-websocket-version': '13',
    'sec-websocket-key': 'c3ByZWNoemltbWVyLWNoZQ==',
  };
  const { promise, resolve, reject } = Promise.withResolvers<Finding>();
  const asked = ask(`${origin}/signalling`, { ...options, headers });
  asked.on('upgrade', (_, socket) => {
    socket.destroy();
    resolve(finding('ok', `${about} WebSocket`, 'the proxy passes WebSockets on'));
  });
  asked.on('response', ({ statusCode }) => {
    const text = `WebSockets do not come through (${statusCode}): the proxy must pass Upgrade on at /signalling`;
    resolve(finding('failed', `${about} WebSocket`, text));
  });
  asked.on('error', reject);
  try {
    return await promise;
  } catch (error) {
    return finding(
      'failed',
      `${about} WebSocket`,
      `WebSockets do not come through: ${describeFailure(error)}`,
    );
  } finally {
    asked.destroy();
  }
}

function get(url: string, options: Options): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asked = ask(url, options);
  asked.on('error', reject);
  asked.on('response', (response) => {
    // What it says does not matter, and might never end.
    response.destroy();
    resolve(response);
  });
  return promise;
}

function ask(url: string, { ca, ...options }: Options & Pick<RequestOptions, 'headers'>) {
  const request = url.startsWith('https:') ? requestSecure : requestPlain;
  const asked = request(url, { ...options, agent: false, ...(ca && { ca }) });
  asked.end();
  return asked;
}
