import { randomUUID } from 'node:crypto';
import { fastify, type FastifyError, type FastifyInstance, LogController } from 'fastify';
import type { Context } from './context.ts';
import { describeError, refusalBody } from './errors.ts';
import { answerNonsense, type HttpLimits, httpLimits, limitConnections, isWellFormed } from './harden.ts';
import { type App, readingPolicy, securityHeaders } from './security-headers.ts';

/** The largest appointment, with nine cards and ten messages of three-byte letters, has some 500,000 bytes of JSON. */
const bodyLimitBytes = 524_288;

/** Tells a person at a path of this app that nothing is there, as an HTML page. */
export type NotFoundPage = (path: string) => string;

export type AppOptions = { notFoundPage?: NotFoundPage; limits?: Partial<HttpLimits> | undefined };

/**
 * The HTTP server of one origin, not listening yet: headers, limits and log lines.
 * A log line holds route, status and duration; no address, query, header or body.
 */
export function createApp(
  app: App,
  context: Context,
  { notFoundPage, limits: given }: AppOptions = {},
): FastifyInstance {
  const headers = securityHeaders(app, context.config);
  const limits = { ...httpLimits, ...given };
  const bodyOf = (status: number) => JSON.stringify(refusalBody('BAD_INPUT', status));
  const instance = fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    bodyLimit: bodyLimitBytes,
    requestTimeout: limits.requestTimeoutMs,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: limits.checkMs,
      // Node would answer without our headers.
      requireHostHeader: false,
    },
    clientErrorHandler: answerNonsense(headers, bodyOf),
    forceCloseConnections: true,
    routerOptions: {
      // A path that cannot be decoded is answered before any hook.
      onBadUrl: (_path, _request, response) => {
        response.writeHead(400, { ...headers, 'content-type': 'application/json' });
        response.end(bodyOf(400));
      },
    },
  });
  limitConnections(instance.server, limits, {
    isProxied: context.config.trustProxy,
    onRefused: () => context.metrics.connectionRefused(app),
  });
  // An `Expect` that we do not know: Node's own answer has none of our headers.
  instance.server.on('checkExpectation', (_, response) => {
    response.writeHead(417, { ...headers, 'content-type': 'application/json' }).end(bodyOf(417));
  });
  instance.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (!isWellFormed(request.raw)) await reply.code(400).send(refusalBody('BAD_INPUT'));
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
