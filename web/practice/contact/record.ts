import { fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openRecord, sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import { type ContactRecord, contactRecord, type SealedContact } from '@sprechzimmer/protocol/contact.ts';
import type { ContactId } from '@sprechzimmer/protocol/ids.ts';
import type { PracticeSession } from '../practice/session.ts';
import { type SearchKey, searchKey } from './search.ts';

/** One person of the practice's list, as this browser holds them. */
export type Contact = ContactRecord & { id: ContactId; version: number; key: SearchKey };

export function asContact(
  { id, version }: { id: ContactId; version: number },
  record: ContactRecord,
): Contact {
  return { ...record, id, version, key: searchKey(record) };
}

export function isSameContact(a: ContactRecord, b: ContactRecord): boolean {
  return a.name === b.name && a.email === b.email && a.telephone === b.telephone && a.language === b.language;
}

/** @returns undefined when no key of this device opens it */
export async function openContact(
  session: PracticeSession,
  stored: SealedContact,
): Promise<Contact | undefined> {
  const key = session.recordKeys.get(stored.generation);
  if (!key) return undefined;
  try {
    const opened = await openRecord(key, fromBase64url(stored.sealed), placeOf(session, stored));
    return asContact(stored, contactRecord.parse(opened));
  } catch {
    return undefined;
  }
}

/** Sealed with the newest key. */
export async function sealContact(
  session: PracticeSession,
  { id, version }: { id: ContactId; version: number },
  record: ContactRecord,
): Promise<SealedContact> {
  const { generation } = session;
  const key = session.recordKeys.get(generation);
  if (!key) throw new TypeError(`no key of generation ${generation}`);
  const sealed = await sealRecord(key, record, placeOf(session, { id, version, generation }));
  return { id, version, generation, sealed: toBase64url(sealed) };
}

function placeOf(session: PracticeSession, { id, version, generation }: Omit<SealedContact, 'sealed'>) {
  return { practiceId: session.practice.id, kind: 'contact', id, version, generation };
}
