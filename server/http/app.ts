import { randomUUID } from 'node:crypto';
import { fastify, type FastifyError, type FastifyInstance, LogController } from 'fastify';
import type { Context } from './context.ts';
import { describeError, refusalBody } from './errors.ts';
import { type App, readingPolicy, securityHeaders } from './security-headers.ts';

/** The largest appointment, with nine cards and ten messages of three-byte letters, has some 500,000 bytes of JSON. */
const bodyLimitBytes = 524_288;
const requestTimeoutMs = 15_000;
const headersTimeoutMs = 10_000;

/** Tells a person at a path of this app that nothing is there, as an HTML page. */
export type NotFoundPage = (path: string) => string;

/**
 * The HTTP server of one origin, not listening yet: headers, limits and log lines.
 * A log line holds route, status and duration; no address, query, header or body.
 */
export function createApp(app: App, context: Context, notFoundPage?: NotFoundPage): FastifyInstance {
  const headers = securityHeaders(app, context.config);
  const instance = fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    http: { headersTimeout: headersTimeoutMs, connectionsCheckingInterval: 5_000 },
    forceCloseConnections: true,
    routerOptions: {
      // A path that cannot be decoded is answered before any hook.
      onBadUrl: (_path, _request, response) => {
        response.writeHead(400, { ...headers, 'content-type': 'application/json' });
        response.end(JSON.stringify(refusalBody('BAD_INPUT')));
      },
    },
  });
  instance.addHook('onRequest', async (_, reply) => {
    reply.headers(headers);
  });
  instance.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const { statusCode: status, elapsedTime: ms } = reply;
    const route = request.routeOptions.url ?? 'none';
    request.log.info({ app, method, route, status, ms: Math.round(ms) });
    context.metrics.requestEnded({ app, method, route, status, ms });
  });
  instance.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return reply.code(status).send(refusalBody('BAD_INPUT', status));
    request.log.error({ error: describeError(error) });
    return reply.code(500).send(refusalBody('INTERNAL'));
  });
  instance.setNotFoundHandler(async (request, reply) => {
    reply.code(404);
    // Browsers ask for HTML when a person goes somewhere, programs and scripts do not.
    const isPerson = request.headers.accept?.includes('text/html') === true;
    if (!isPerson || !notFoundPage) return reply.send(refusalBody('NOT_FOUND'));
    reply.headers({ 'cache-control': 'no-store', 'content-security-policy': readingPolicy });
    return reply.type('text/html; charset=utf-8').send(notFoundPage(request.url.split('?', 1)[0] ?? ''));
  });
  return instance;
}
