import type { PracticeSession } from '../practice/session.ts';

export const practitionerColors = 8;

/** A practitioner's own colour: the one that was chosen, or the next free one in the order in which they came. */
export function practitionerColor(
  { membership, userProfiles }: Pick<PracticeSession, 'membership' | 'userProfiles'>,
  practitionerId: string,
): number {
  const chosen = userProfiles.get(practitionerId)?.color;
  if (chosen !== undefined) return chosen;
  const ids: string[] = [...membership.users]
    .filter(([, { role }]) => role === 'practitioner')
    .map(([id]) => id);
  const taken = new Set(ids.map((id) => userProfiles.get(id)?.color));
  const free = [...Array(practitionerColors).keys()].filter((color) => !taken.has(color));
  const offered = free.length > 0 ? free : [...Array(practitionerColors).keys()];
  const place = ids.filter((id) => userProfiles.get(id)?.color === undefined).indexOf(practitionerId);
  return offered[Math.max(0, place) % offered.length] ?? 0;
}
