import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../db/database.ts';
import { toWire } from '../http/wire-bytes.ts';

const sessionLifetimeMs = 16 * 3_600_000;
const cookieName = '__Host-sprechzimmer';
const cookieAttributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';
const cookiePattern = new RegExp(`(?:^|; )${cookieName}=([A-Za-z0-9_-]{43})(?:;|$)`);

/**
 * Begins the user's one session; an older one of the same user ends with it.
 * @returns the cookie that carries the session; the server keeps only the hash of its token
 */
export async function startSession(
  db: Db,
  session: { userId: string; deviceId: string; now: Date },
): Promise<string> {
  const token = randomBytes(32);
  const row = {
    token_hash: hashToken(token),
    device_id: session.deviceId,
    created_at: session.now,
    expires_at: new Date(session.now.getTime() + sessionLifetimeMs),
  };
  await db
    .insertInto('session')
    .values({ user_id: session.userId, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute();
  return `${cookieName}=${toWire(token)}; ${cookieAttributes}`;
}

export const endedSessionCookie = `${cookieName}=; ${cookieAttributes}; Max-Age=0`;

/** What the token of a request's `Cookie` header is stored as; undefined when there is none. */
export function sessionTokenHash(cookieHeader: string): Buffer | undefined {
  const token = cookiePattern.exec(cookieHeader)?.[1];
  return token === undefined ? undefined : hashToken(Buffer.from(token, 'base64url'));
}

function hashToken(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest();
}
