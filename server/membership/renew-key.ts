import { refusal } from '../http/errors.ts';
import { insertWraps, isEachWrap } from '../practice/key-wraps.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';

/**
 * A new practice key, for exactly the devices that the log knows and for the recovery sheet. Records follow in their
 * own time; from now on none is written with an older key.
 * @throws BAD_INPUT
 */
export async function renewKey(change: Change<'renew-key'>): Promise<SecurityEventKind> {
  const { db, practiceId, action, extras, after } = change;
  const members = [...after.devices.keys(), 'recovery'];
  if (!isEachWrap(extras.wraps, members, [action.generation])) throw refusal('BAD_INPUT');
  await insertWraps(db, practiceId, extras.wraps);
  return 'key-renewed';
}
