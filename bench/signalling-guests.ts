import { randomBytes } from 'node:crypto';
import type { ClientMessage } from '@sprechzimmer/protocol/signalling.ts';
import type { Db } from '../server/db/database.ts';
import { addInvitations, addPractitioner } from '../server/testing/test-signalling.ts';
import { issueHostTicket } from '../server/waiting-room/issue-host-ticket.ts';

export type Room = { host: ClientMessage; guests: ClientMessage[] };

/** Practices with appointments today: what each room's host and participants say to be let in. */
export async function addRooms(db: Db, rooms: number, guestsPerRoom: number): Promise<Room[]> {
  const context = { db, now: () => new Date() };
  const added: Room[] = [];
  for (let i = 0; i < rooms; i++) {
    const practitioner = await addPractitioner(context);
    const invitations = await addInvitations(context, practitioner, guestsPerRoom);
    const { ticket } = await issueHostTicket(context, practitioner);
    added.push({
      host: { kind: 'host', v: 1, ticket },
      guests: invitations.map(({ locator }) => ({ kind: 'join', v: 1, locator, place: newPlace() })),
    });
  }
  return added;
}

function newPlace(): string {
  return randomBytes(16).toString('base64url');
}
