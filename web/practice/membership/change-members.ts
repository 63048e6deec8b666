import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { signEntry, type VerifiedLog } from '@sprechzimmer/membership/log.ts';
import * as ids from '@sprechzimmer/protocol/ids.ts';
import type { MemberChange } from '@sprechzimmer/protocol/member-change.ts';
import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import { ApiError, type PracticeClient } from '../api.ts';
import type { StoredDevice } from '../device/key-store.ts';

/** Who signs, and what they have seen of the log. */
export type Changer = {
  client: PracticeClient;
  device: StoredDevice;
  userId: string;
  /** The user's key as the `user-key` profile holds it, base64url. */
  sealedUserKey: string;
  /** The newest verified log. */
  log: () => VerifiedLog;
  /** Fetches and verifies the log anew. */
  refresh: () => Promise<void>;
};

/** What belongs to the entry, beside the entry. */
export type ChangeExtras = Omit<Partial<MemberChange>, 'entry'>;

const maxAttempts = 3;

/**
 * Signs one change of the practice's members and hands it in. Where somebody else was quicker, it is signed anew on top of
 * theirs. The log is fetched again afterwards.
 * @throws OpenError for a wrong password; ApiError; MembershipError when what the server then shows is not to be believed
 */
export async function changeMembers(
  changer: Changer,
  action: MembershipAction,
  extras: ChangeExtras,
  password: string,
): Promise<void> {
  const { client, device } = changer;
  const place = { practiceId: device.practiceId, userId: changer.userId };
  const user = await openUserKey(fromBase64url(changer.sealedUserKey), password, place);
  const practiceId = ids.practiceId.parse(device.practiceId);
  const deviceId = ids.deviceId.parse(device.deviceId);
  const content = { practiceId, by: { userId: ids.userId.parse(changer.userId), deviceId }, action };
  for (let attempt = 1; ; attempt++) {
    const signers = { device: device.keys.sign.privateKey, user };
    const entry = await signEntry(content, changer.log().head, signers);
    try {
      await client.membership.append({ ...extras, entry });
      break;
    } catch (error) {
      const isLate = error instanceof ApiError && error.code === 'VERSION_CONFLICT';
      if (!isLate || attempt === maxAttempts) throw error;
      await changer.refresh();
    }
  }
  await changer.refresh();
}
