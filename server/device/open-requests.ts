import type { OpenRequest } from '@sprechzimmer/protocol/device.ts';
import type { Context } from '../http/context.ts';
import { toWire } from '../http/wire-bytes.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { requireMain } from '../practice/require-main.ts';

/** The browsers that wait for the main user, the first one first. @throws FORBIDDEN */
export async function openRequests(
  { db, now }: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
): Promise<{ requests: OpenRequest[] }> {
  requireMain(signedIn);
  const rows = await db
    .selectFrom('device_request')
    .where('practice_id', '=', signedIn.practiceId)
    .where('state', 'in', ['waiting', 'matched'])
    .where('expires_at', '>', now())
    .orderBy('created_at')
    .select(['id', 'user_id', 'browser', 'created_at', 'expires_at', 'device_id', 'sign_key', 'agree_key'])
    .execute();
  const requests = rows.map((row) => ({
    id: row.id as OpenRequest['id'],
    userId: row.user_id as OpenRequest['userId'],
    browser: row.browser,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    device: {
      id: row.device_id as OpenRequest['device']['id'],
      signKey: toWire(row.sign_key),
      agreeKey: toWire(row.agree_key),
    },
  }));
  return { requests };
}
