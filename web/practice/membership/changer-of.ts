import { sealedUserKey } from '../practice/session.ts';
import type { Work } from '../work.ts';
import type { Changer } from './change-members.ts';

/** The user who is signed in, as one who changes the practice's members. @throws KeyMismatchError */
export async function changerOf(work: Work): Promise<Changer> {
  const { session, client } = work;
  return {
    client,
    device: session.device,
    userId: session.user.id,
    sealedUserKey: await sealedUserKey(session),
    log: () => work.session.log,
    refresh: work.reload,
  };
}
