import type { SealedProfile } from '@sprechzimmer/protocol/practice.ts';
import type { Context } from '../http/context.ts';
import { toWire } from '../http/wire-bytes.ts';
import type { SignedIn } from './authenticate.ts';

/** What the practice app needs after sign-in, the practice key's wraps for this very device among it. */
export async function viewSession(context: Pick<Context, 'db' | 'config'>, signedIn: SignedIn) {
  const { db, config } = context;
  const [account, wraps, profiles] = await Promise.all([
    db
      .selectFrom('practice_user')
      .innerJoin('practice', 'practice.id', 'practice_user.practice_id')
      .where('practice_user.id', '=', signedIn.userId)
      .select(['plan', 'email', 'is_main'])
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('practice_key_wrap')
      .where('device_id', '=', signedIn.deviceId)
      .orderBy('generation')
      .select(['generation', 'wrap'])
      .execute(),
    db
      .selectFrom('profile')
      .where('practice_id', '=', signedIn.practiceId)
      .orderBy('kind')
      .orderBy('id')
      .select(['kind', 'id', 'version', 'generation', 'sealed'])
      .execute(),
  ]);
  return {
    practice: { id: signedIn.practiceId, timeZone: signedIn.timeZone, plan: account.plan },
    user: { id: signedIn.userId, email: account.email, isMain: account.is_main },
    deviceId: signedIn.deviceId,
    wraps: wraps.map(({ generation, wrap }) => ({ generation, wrap: toWire(wrap) })),
    profiles: profiles.map(({ kind, sealed, ...profile }) => ({
      ...profile,
      kind: kind as SealedProfile['kind'], // the table checks it
      sealed: toWire(sealed),
    })),
    roomOrigin: config.roomOrigin,
  };
}
