import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Context } from './context.ts';
import type { Readiness } from './readiness.ts';

/**
 * `GET /healthz`: this process lives; whoever gets no answer may end it. `GET /readyz`: requests may be sent here, and
 * otherwise why not. A database that is away is no reason to end a process, so that only the second asks for it.
 */
export function serveHealth(app: FastifyInstance, readiness: Readiness): void {
  app.get('/healthz', async (_, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'ok' };
  });
  app.get('/readyz', async (_, reply) => {
    const answer = await readiness.ask();
    reply.header('cache-control', 'no-store').code(answer.status === 'ready' ? 200 : 503);
    return answer;
  });
}

/** @throws when the database does not answer */
export async function askDatabase({ db }: Pick<Context, 'db'>): Promise<void> {
  await sql`select 1`.execute(db);
}
