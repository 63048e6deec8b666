import { createHash, randomBytes } from 'node:crypto';
import type { Context } from '../http/context.ts';
import { toWire } from '../http/wire-bytes.ts';

const sessionLifetimeMs = 16 * 3_600_000;
const cookieAttributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/**
 * Begins the user's one session; an older one of the same user ends with it.
 * @returns the cookie that carries the session; the server keeps only the hash of its token
 */
export async function startSession(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  session: { userId: string; deviceId: string },
): Promise<string> {
  const token = randomBytes(32);
  const row = {
    token_hash: hashToken(token),
    device_id: session.deviceId,
    created_at: now(),
    expires_at: new Date(now().getTime() + sessionLifetimeMs),
  };
  await db
    .insertInto('session')
    .values({ user_id: session.userId, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute();
  return `${cookieName(config.practiceOrigin)}=${toWire(token)}; ${cookieAttributes}`;
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
