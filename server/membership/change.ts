import type { Membership } from '@sprechzimmer/membership/membership.ts';
import type { MemberChange } from '@sprechzimmer/protocol/member-change.ts';
import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import type { Db } from '../db/database.ts';

export type Action<Kind extends MembershipAction['kind']> = Extract<MembershipAction, { kind: Kind }>;

/** One allowed and signed change of members, within its transaction. */
export type Change<Kind extends MembershipAction['kind']> = {
  db: Db;
  practiceId: string;
  by: { userId: string; deviceId: string };
  now: Date;
  action: Action<Kind>;
  extras: Omit<MemberChange, 'entry'>;
  after: Membership;
};
