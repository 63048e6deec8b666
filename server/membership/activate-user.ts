import { insertProfiles } from '../practice/profiles.ts';
import type { Change } from './change.ts';
import { checkProfile } from './extras.ts';

/** The log learns the key of a user who has just set their password; that was the event. @throws BAD_INPUT */
export async function activateUser(change: Change<'activate-user'>): Promise<undefined> {
  const { db, practiceId, action, extras, after } = change;
  checkProfile(extras.profiles, { kind: 'user-key', id: action.userId, generation: after.generation });
  await insertProfiles(db, practiceId, extras.profiles);
}
