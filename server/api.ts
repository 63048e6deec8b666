import { ORPCError } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { contract } from '@sprechzimmer/protocol/contract.ts';
import { signatureHeader } from '@sprechzimmer/protocol/signed-request.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress } from './http/client-address.ts';
import type { Context } from './http/context.ts';
import { describeError, isRefusal, refusal, refusalBody } from './http/errors.ts';
import { addressKey } from './http/rate-limit.ts';
import type { PracticeLimits } from './practice/limits.ts';
import { type Call, router } from './router.ts';

const prefix = '/api';

/** Serves the practice API, `POST /api/<noun>/<operation>`, to pages of the practice's own origin only. */
export function serveApi(app: FastifyInstance, context: Context, limits: PracticeLimits): void {
  const handler = createHandler();

  async function answer(request: FastifyRequest, reply: FastifyReply) {
    reply.header('cache-control', 'no-store');
    const { origin } = request.headers;
    if (origin !== context.config.practiceOrigin) return reply.code(403).send(refusalBody('BAD_INPUT', 403));
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const call: Call = {
      context: { ...context, log: request.log },
      limits,
      addressKey: addressKey(clientAddress(request.raw, context.config)),
      request: {
        method: request.method,
        path: request.url,
        body,
        cookie: request.headers.cookie ?? '',
        signature: [request.headers[signatureHeader] ?? ''].flat().join(),
      },
      setCookie: (cookie) => void reply.header('set-cookie', cookie),
    };
    const url = new URL(request.url, context.config.practiceOrigin);
    const readBody = async (): Promise<unknown> => JSON.parse(body.toString());
    const { response } = await handler.handle(
      { url, method: request.method, headers: {}, body: readBody, signal: undefined },
      { prefix, context: call },
    );
    if (!response) return reply.code(404).send(refusalBody('NOT_FOUND'));
    return reply.code(response.status).send(response.body);
  }

  app.removeAllContentTypeParsers();
  // The signature is over the bytes as they came.
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => {
    done(null, body);
  });
  for (const [noun, operations] of Object.entries(contract)) {
    for (const operation of Object.keys(operations)) app.post(`${prefix}/${noun}/${operation}`, answer);
  }
}

function createHandler(): StandardRPCHandler<Call> {
  return new StandardRPCHandler(router, {
    clientInterceptors: [
      async (operation) => {
        try {
          return await operation.next();
        } catch (error) {
          throw toRefusal(error, operation.context);
        }
      },
    ],
    // What is still no refusal here could not be decoded.
    interceptors: [
      async (request) => {
        try {
          return await request.next();
        } catch (error) {
          const refused = isRefusal(error) ? error : refusal('BAD_INPUT');
          request.context.context.metrics.refused(refused.code);
          throw refused;
        }
      },
    ],
  });
}

/** Every error of an operation as one of the contract's; the unexpected ones are logged and become INTERNAL. */
function toRefusal(error: unknown, { context }: Call) {
  if (isRefusal(error)) return error;
  const isBadInput = error instanceof ORPCError && error.code === 'BAD_REQUEST';
  if (isBadInput || isDataException(error)) return refusal('BAD_INPUT');
  context.log.error({ error: describeError(error) });
  return refusal('INTERNAL');
}

/** PostgreSQL's class 22: a value that fits the contract and no column, such as a text with a NUL. */
function isDataException(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('22');
}
