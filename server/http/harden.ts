import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { addressKey } from './rate-limit.ts';

/** What one origin's HTTP server bears. Tests set their own. */
export type HttpLimits = {
  /** A connection that takes longer for its headers, or a whole request, is answered and ended. */
  headersTimeoutMs: number;
  requestTimeoutMs: number;
  /** How often that is looked for. */
  checkMs: number;
  /** More than the signalling sockets that one server bears (waiting-room/limits.ts). */
  maxConnections: number;
  /** Unless a proxy, which has one address, connects for everybody. A clinic may have many people behind one. */
  maxConnectionsPerAddress: number;
};

export const httpLimits: HttpLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  checkMs: 5_000,
  maxConnections: 30_000,
  maxConnectionsPerAddress: 1_000,
};

type Headers = Record<string, string>;

/**
 * Cuts connections that are too many, and those of one address that are.
 * @param onRefused is told of each
 */
export function limitConnections(
  server: Server,
  { maxConnections, maxConnectionsPerAddress }: HttpLimits,
  { isProxied, onRefused }: { isProxied: boolean; onRefused: () => void },
): void {
  const open = new Map<string, number>();
  server.maxConnections = maxConnections;
  server.on('drop', onRefused);
  if (isProxied) return;
  server.on('connection', (socket) => {
    const key = addressKey(socket.remoteAddress ?? 'unknown');
    const count = (open.get(key) ?? 0) + 1;
    if (count > maxConnectionsPerAddress) {
      onRefused();
      socket.destroy();
      return;
    }
    open.set(key, count);
    socket.once('close', () => {
      const left = (open.get(key) ?? 0) - 1;
      if (left > 0) open.set(key, left);
      else open.delete(key);
    });
  });
}

/** Answers on a bare socket, and ends it, whether or not the other side does. */
export function answerRaw(socket: Duplex, status: number, headers: Headers, body = ''): void {
  const lines = Object.entries({
    ...headers,
    connection: 'close',
    'content-length': String(Buffer.byteLength(body)),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  // Otherwise the half that is left open would count for nobody, and stay for as long as the client likes.
  (socket as Socket).destroySoon();
}

/** Answers what is no request at all, in the same form and with the same headers as everything else. */
export function answerNonsense(headers: Headers, bodyOf: (status: number) => string) {
  return (error: Error & { code?: string }, socket: Duplex): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = statusOf(error.code);
    answerRaw(socket, status, { ...headers, 'content-type': 'application/json' }, bodyOf(status));
  };
}

function statusOf(code: string | undefined): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}

/** RFC 9112, 3.2: a request of HTTP/1.1 names one host. One without a version (HTTP/0.9) could take no header back. */
export function isWellFormed({ httpVersion, rawHeaders }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  return httpVersion === '1.1' ? hosts.length === 1 : httpVersion === '1.0' && hosts.length <= 1;
}
