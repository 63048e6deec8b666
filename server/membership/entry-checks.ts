import { parseBody, type VerifiedLog } from '@sprechzimmer/membership/log.ts';
import type { MembershipBody, MembershipEntry } from '@sprechzimmer/protocol/membership.ts';
import { refusal } from '../http/errors.ts';

/** @throws BAD_INPUT */
export function readBody(entry: MembershipEntry): MembershipBody {
  try {
    return parseBody(entry);
  } catch {
    throw refusal('BAD_INPUT');
  }
}

/** The entry follows the newest one. @throws VERSION_CONFLICT */
export function checkPlace({ head }: VerifiedLog, body: MembershipBody): void {
  if (body.seq !== head.seq + 1 || body.previous !== head.hash) throw refusal('VERSION_CONFLICT');
}
