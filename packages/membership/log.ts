import {
  type Bytes,
  concat,
  framed,
  fromBase64url,
  sha256,
  toBase64url,
  utf8,
} from '@sprechzimmer/crypto/bytes.ts';
import { signText, verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import {
  membershipBody,
  type MembershipBody,
  type MembershipEntry,
} from '@sprechzimmer/protocol/membership.ts';
import { MembershipError } from './membership-error.ts';
import { apply, found, type Membership } from './membership.ts';

/** The newest entry that was believed; kept by every device, so that it is never shown less. */
export type Pin = { seq: number; /** base64url */ hash: string };

export type VerifiedLog = {
  membership: Membership;
  /** Of every entry, base64url. */
  hashes: readonly string[];
  head: Pin;
};

const firstPrevious = toBase64url(new Uint8Array(32));

/**
 * Reads a whole log and believes it only if every entry follows the one before, is signed by a device and a user that
 * belonged to the practice at that point, and was allowed to them.
 * @param pin what this device believed before; the log must contain it
 * @throws MembershipError
 */
export async function verifyLog(
  entries: readonly MembershipEntry[],
  practiceId: string,
  pin?: Pin,
): Promise<VerifiedLog> {
  let membership: Membership | undefined;
  const hashes: string[] = [];
  for (const entry of entries) {
    const body = parseBody(entry);
    const isNext = body.seq === hashes.length && body.previous === (hashes.at(-1) ?? firstPrevious);
    if (body.practiceId !== practiceId) throw new MembershipError('malformed', 'of another practice');
    if (!isNext) throw new MembershipError('forked');
    membership = await follow(membership, body, entry);
    hashes.push(toBase64url(await entryHash(entry)));
  }
  if (pin && hashes[pin.seq] !== pin.hash) {
    throw new MembershipError(hashes.length <= pin.seq ? 'shorter' : 'forked');
  }
  const hash = hashes.at(-1);
  if (!membership || hash === undefined) throw new MembershipError('malformed', 'an empty log');
  return { membership, hashes, head: { seq: hashes.length - 1, hash } };
}

/**
 * What becomes of the practice with one more entry; also what the server asks before it keeps one.
 * @throws MembershipError
 */
export async function follow(
  before: Membership | undefined,
  body: MembershipBody,
  entry: MembershipEntry,
): Promise<Membership> {
  const { action } = body;
  if (!before) {
    if (action.kind !== 'found') throw new MembershipError('malformed', 'the log does not begin');
    const first = found(body, action);
    await checkSignatures(entry, action.device.signKey, action.user.signKey);
    return first;
  }
  const keys = await signersOf(before, body);
  await checkSignatures(entry, keys.device, keys.user);
  const needsSheet = action.kind === 'recover';
  if (needsSheet !== (entry.recoverySignature !== undefined)) throw new MembershipError('unsigned');
  if (needsSheet) await checkSignature(before.recovery.signKey, entry, entry.recoverySignature ?? '');
  return apply(before, body);
}

/** The keys that must have signed: the device's, and the user's own. @throws MembershipError */
async function signersOf(
  before: Membership,
  body: MembershipBody,
): Promise<{ device: string; user: string }> {
  const { action, by } = body;
  const device = before.devices.get(by.deviceId);
  const deviceKey = action.kind === 'recover' ? action.device.signKey : device?.keys.signKey;
  if (!deviceKey || device?.isSuspended)
    throw new MembershipError('not-allowed', 'by no device of the practice');
  const user = before.users.get(by.userId);
  if (!user) throw new MembershipError('not-allowed', 'by no user of the practice');
  if (action.kind === 'activate-user') {
    // The paper's secret is the permission; the key is the one that the entry brings.
    const hash = toBase64url(await sha256(decode(action.activation)));
    if (user.activationHash !== hash) throw new MembershipError('not-allowed', 'not the code of this user');
    return { device: deviceKey, user: action.signKey };
  }
  if (user.state !== 'active' || !user.signKey)
    throw new MembershipError('not-allowed', 'not an active user');
  return { device: deviceKey, user: user.signKey };
}

export type Signers = {
  device: CryptoKey;
  user: CryptoKey;
  /** For `recover`: the sheet's. */
  recovery?: CryptoKey;
};

/** Signs the entry that follows `head`, or the first one. The very text of `body` is what is kept. */
export async function signEntry(
  content: Pick<MembershipBody, 'practiceId' | 'by' | 'action'>,
  head: Pin | undefined,
  signers: Signers,
  at: Date = new Date(),
): Promise<MembershipEntry> {
  const whole = {
    v: 1,
    practiceId: content.practiceId,
    seq: head ? head.seq + 1 : 0,
    previous: head?.hash ?? firstPrevious,
    at: at.toISOString(),
    by: content.by,
    action: content.action,
  } satisfies MembershipBody;
  const body = JSON.stringify(whole);
  const sign = async (key: CryptoKey) => toBase64url(await signText(key, signedText(body)));
  return {
    body,
    deviceSignature: await sign(signers.device),
    userSignature: await sign(signers.user),
    ...(signers.recovery && { recoverySignature: await sign(signers.recovery) }),
  };
}

/** SHA-256 over body and signatures: what the next entry names. */
export async function entryHash(entry: MembershipEntry): Promise<Bytes> {
  const { body, deviceSignature, userSignature, recoverySignature } = entry;
  return sha256(
    framed(
      utf8(body),
      decode(deviceSignature),
      decode(userSignature),
      recoverySignature ? decode(recoverySignature) : concat(),
    ),
  );
}

/** @throws MembershipError `malformed` */
export function parseBody(entry: MembershipEntry): MembershipBody {
  try {
    return membershipBody.parse(JSON.parse(entry.body));
  } catch (cause) {
    throw new MembershipError('malformed', 'an entry of another form', { cause });
  }
}

async function checkSignatures(entry: MembershipEntry, deviceKey: string, userKey: string): Promise<void> {
  await checkSignature(deviceKey, entry, entry.deviceSignature);
  await checkSignature(userKey, entry, entry.userSignature);
}

async function checkSignature(
  publicKey: string,
  { body }: MembershipEntry,
  signature: string,
): Promise<void> {
  const isRight = await verifyText(decode(publicKey), signedText(body), decode(signature));
  if (!isRight) throw new MembershipError('unsigned');
}

function decode(text: string): Bytes {
  try {
    return fromBase64url(text);
  } catch (cause) {
    throw new MembershipError('malformed', 'not base64url', { cause });
  }
}

/** No signature over a request or a sign-in can pass for one over an entry. */
function signedText(body: string): string {
  return `sprechzimmer v1 membership\n${body}`;
}
