import { sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { generateCode } from '@sprechzimmer/crypto/code.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import { userId, type UserId } from '@sprechzimmer/protocol/ids.ts';
import type { Role } from '@sprechzimmer/protocol/membership.ts';
import type { SessionView } from '@sprechzimmer/protocol/practice.ts';
import { changeAsUser } from '../membership/change-as-user.ts';
import { sealProfile } from '../practice/profiles.ts';
import type { PracticeSession } from '../practice/session.ts';
import type { Work } from '../work.ts';

/** A user as the list shows them: rights from the verified log, names from the practice's own records. */
export type ListedUser = {
  id: UserId;
  name: string;
  telephone: string;
  email: string;
  role: Role;
  isMain: boolean;
  isSelf: boolean;
  state: SessionView['users'][number]['state'];
};

/** The main user first, then by name. */
export function listUsers({ view, membership, userProfiles, user: self }: PracticeSession): ListedUser[] {
  const users = view.users.flatMap(({ id, email, state }) => {
    const member = membership.users.get(id);
    if (!member) return [];
    const { name = email, telephone = '' } = userProfiles.get(id) ?? {};
    const { role, isMain } = member;
    return [{ id, name, telephone, email, role, isMain, isSelf: id === self.id, state }];
  });
  return users.sort((a, b) => Number(b.isMain) - Number(a.isMain) || a.name.localeCompare(b.name));
}

/** Who holds consultations. */
export function practitionersOf(session: PracticeSession): ListedUser[] {
  return listUsers(session).filter(({ role, state }) => role === 'practitioner' && state === 'active');
}

/** Whom a new appointment is with, unless chosen otherwise; undefined where there is no choice. */
export function usualPractitioner(session: PracticeSession): UserId | undefined {
  const practitioners = practitionersOf(session);
  const own = practitioners.find(({ isSelf }) => isSelf);
  if (own && practitioners.length === 1) return undefined;
  return (own ?? practitioners[0])?.id;
}

/** The practitioner of a stored appointment, where another could be chosen. */
export function practitionerToChoose(
  session: PracticeSession,
  stored: { practitionerId: UserId },
): UserId | undefined {
  return usualPractitioner(session) && stored.practitionerId;
}

export function isPlanFull({ view }: PracticeSession): boolean {
  const { maxUsers } = view.practice.plan;
  return maxUsers !== null && view.users.length >= maxUsers;
}

export type NewUser = { name: string; telephone: string; email: string; role: Role };

/**
 * Adds a user who will choose their own password.
 * @returns the activation code, which only paper keeps
 * @throws OpenError for a wrong password; ApiError `EMAIL_TAKEN`, `PLAN_LIMIT`
 */
export async function addUser(work: Work, added: NewUser, password: string): Promise<string> {
  const id = userId.parse(crypto.randomUUID());
  const { name, telephone, role } = added;
  const { code, activationHash, activationLocatorHash } = await newActivation();
  const profile = await sealProfile(work.session, 'user', id, {
    name: name.trim(),
    telephone: telephone.trim(),
  });
  const extras = { profiles: [profile], email: added.email.trim(), activationLocatorHash };
  await changeAsUser(work, { kind: 'add-user', userId: id, role, activationHash }, extras, password);
  return code;
}

/**
 * Voids a user's password and key: they begin anew with the code.
 * @throws OpenError for a wrong password; ApiError
 */
export async function resetUser(work: Work, id: UserId, password: string): Promise<string> {
  const { code, activationHash, activationLocatorHash } = await newActivation();
  const action = { kind: 'reset-user', userId: id, activationHash } as const;
  await changeAsUser(work, action, { activationLocatorHash }, password);
  return code;
}

async function newActivation() {
  const code = generateCode();
  const { locator, psk } = await deriveSecrets(code, 'activation', location.origin);
  return {
    code,
    activationHash: toBase64url(await sha256(psk)),
    activationLocatorHash: toBase64url(await sha256(locator)),
  };
}
