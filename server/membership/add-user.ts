import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { insertProfiles } from '../practice/profiles.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';
import { checkProfile } from './extras.ts';

/**
 * A user who can do nothing until they activate with the code on their paper.
 * @throws PLAN_LIMIT, BAD_INPUT, a unique violation when the address is in use
 */
export async function addUser(change: Change<'add-user'>): Promise<SecurityEventKind> {
  const { db, practiceId, action, extras, after, now } = change;
  await checkPlan(change);
  checkProfile(extras.profiles, { kind: 'user', id: action.userId, generation: after.generation });
  await db
    .insertInto('practice_user')
    .values({
      id: action.userId,
      practice_id: practiceId,
      email: (extras.email ?? '').trim().toLowerCase(),
      is_main: false,
      role: action.role,
      state: 'invited',
      activation_locator_hash: fromWire(extras.activationLocatorHash ?? ''),
      created_at: now,
    })
    .execute();
  await insertProfiles(db, practiceId, extras.profiles);
  return 'user-added';
}

/** Everyone who has not been removed counts. The practice is locked, so two at once cannot both be the last. */
async function checkPlan({ db, practiceId }: Change<'add-user'>): Promise<void> {
  const { max_users, users } = await db
    .selectFrom('practice')
    .innerJoin('plan', 'plan.id', 'practice.plan')
    .where('practice.id', '=', practiceId)
    .select((query) => [
      'max_users',
      query
        .selectFrom('practice_user')
        .where('practice_id', '=', practiceId)
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('users'),
    ])
    .executeTakeFirstOrThrow();
  if (max_users !== null && Number(users) >= max_users) throw refusal('PLAN_LIMIT');
}
