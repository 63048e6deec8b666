import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { toWire } from '../http/wire-bytes.ts';

const sessionLifetimeMs = 16 * 3_600_000;
const cookieAttributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';

type SessionContext = Pick<Context, 'db' | 'config' | 'now'>;
type NewSession = { userId: string; deviceId: string };

/**
 * Begins the user's one session; an older one of the same user ends with it, wherever it is.
 * @returns the cookie that carries the session; the server keeps only the hash of its token
 */
export async function startSession(context: SessionContext, session: NewSession): Promise<string> {
  const { cookie, row } = newSession(context, session);
  await context.db
    .insertInto('session')
    .values(row)
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute();
  return cookie;
}

/**
 * Begins the user's one session; an older one at the same device ends with it.
 * @throws SESSION_ELSEWHERE when one lives at another device; the table's key decides between several at once
 */
export async function startSessionHere(
  context: SessionContext & Pick<Context, 'isHosting'>,
  session: NewSession & { practiceId: string },
): Promise<string> {
  const { cookie, row } = newSession(context, session);
  const started = await context.db
    .insertInto('session')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet(row)
        .where((where) =>
          where.or([
            where('session.device_id', '=', session.deviceId),
            where('session.expires_at', '<=', context.now()),
          ]),
        ),
    )
    .executeTakeFirst();
  if (started.numInsertedOrUpdatedRows === 1n) return cookie;
  // The row that stood in the way is locked by now, so it is still there.
  const elsewhere = await context.db
    .selectFrom('session')
    .where('user_id', '=', session.userId)
    .select(['device_id', 'created_at'])
    .executeTakeFirstOrThrow();
  throw refusal('SESSION_ELSEWHERE', {
    deviceId: elsewhere.device_id,
    since: elsewhere.created_at.toISOString(),
    roomOpen: await context.isHosting(session),
  });
}

/** Ends the user's session at any other device. @returns whether there was one */
export async function endSessionElsewhere(db: Db, { userId, deviceId }: NewSession): Promise<boolean> {
  const deleted = await db
    .deleteFrom('session')
    .where('user_id', '=', userId)
    .where('device_id', '!=', deviceId)
    .executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

function newSession({ config, now }: SessionContext, { userId, deviceId }: NewSession) {
  const token = randomBytes(32);
  const row = {
    user_id: userId,
    token_hash: hashToken(token),
    device_id: deviceId,
    created_at: now(),
    expires_at: new Date(now().getTime() + sessionLifetimeMs),
    locked_at: null,
    unlock_failures: 0,
  };
  return { cookie: `${cookieName(config.practiceOrigin)}=${toWire(token)}; ${cookieAttributes}`, row };
}

export function endedSessionCookie(practiceOrigin: string): string {
  return `${cookieName(practiceOrigin)}=; ${cookieAttributes}; Max-Age=0`;
}

/** What the token of a request's `Cookie` header is stored as; undefined when there is none. */
export function sessionTokenHash(cookieHeader: string, practiceOrigin: string): Buffer | undefined {
  const pattern = new RegExp(`(?:^|; )${cookieName(practiceOrigin)}=([A-Za-z0-9_-]{43})(?:;|$)`);
  const token = pattern.exec(cookieHeader)?.[1];
  return token === undefined ? undefined : hashToken(Buffer.from(token, 'base64url'));
}

/** Browsers share cookies between the ports of a host, so servers side by side on localhost need names of their own. */
function cookieName(practiceOrigin: string): string {
  const { port } = new URL(practiceOrigin);
  return `__Host-sprechzimmer${port && `-${port}`}`;
}

function hashToken(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest();
}
