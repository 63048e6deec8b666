import type { PracticeSession } from '../practice/session.ts';

/** The practice demands a second factor, and this user has none. */
export function needsSecondFactor({ view, user }: Pick<PracticeSession, 'view' | 'user'>): boolean {
  const own = view.users.find(({ id }) => id === user.id);
  return view.practice.secondFactorRequired && own?.hasSecondFactor === false;
}
