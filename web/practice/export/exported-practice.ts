import { pictureProfile } from '@sprechzimmer/protocol/practice.ts';
import { openProfile, type PracticeSession } from '../practice/session.ts';

/** What every session knows of its practice, as it stands at the head of `praxis.json`. */
export async function exportedPractice(session: PracticeSession) {
  const { practice, view, deviceProfiles, invitationSettings, consent, logo } = session;
  const { plan, mailTime, codeHours, secondFactorRequired, deletionDueAt } = view.practice;
  return {
    practice: { ...practice, plan, mailTime, codeHours, secondFactorRequired, deletionDueAt },
    users: await Promise.all(view.users.map(async (user) => exportedUser(session, user))),
    devices: view.devices.map((device) => ({ ...device, ...deviceProfiles.get(device.id) })),
    invitationSettings,
    consent,
    logo: logo ?? null,
    // The texts as they were signed: whoever verifies the log needs them to the byte.
    membershipLog: view.log,
  };
}

async function exportedUser(session: PracticeSession, user: PracticeSession['view']['users'][number]) {
  return { ...user, ...session.userProfiles.get(user.id), picture: await pictureOf(session, user.id) };
}

/** A JPEG as base64url; null where there is none, or none that opens. */
async function pictureOf({ view, practice, recordKeys }: PracticeSession, userId: string) {
  const sealed = view.profiles.find(({ kind, id }) => kind === 'picture' && id === userId);
  if (!sealed) return null;
  try {
    return (await openProfile(sealed, practice.id, recordKeys, pictureProfile)).jpeg || null;
  } catch {
    return null;
  }
}
