import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealCard } from '@sprechzimmer/crypto/card.ts';
import { generateCode } from '@sprechzimmer/crypto/code.ts';
import { sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import type { AppointmentRecord } from '@sprechzimmer/protocol/appointment.ts';
import type { HostCard, InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import type { ExpectedParticipant } from '@sprechzimmer/protocol/room-window.ts';
import { addDays, calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import { openTestPractice, type TestPractice } from '../../server/testing/test-practice.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';
import type { TestServerAddress } from '../../server/testing/test-server.ts';
import type { Person } from './browsers.ts';

const practitionerName = 'Dr. Erika Sommer';
const timeZone = 'Europe/Berlin';

/** What an appointment has beside its name. */
type More = {
  /** What the participant is asked to consent to. */
  consent?: string;
  /** The invitation went through the server. */
  compareWords?: boolean;
  time?: string;
  /** Whoever holds it by its host code goes through the relay only. */
  hideAddress?: boolean;
  /** Of the participant. */
  telephone?: string;
};

export type BookedAppointment = {
  id: string;
  version: number;
  code: string;
  link: string;
  /** Opens the host's end of this appointment. */
  hostCode: string;
  expected: ExpectedParticipant;
};

/**
 * A practice whose own app is not what the test is about: registered and booking through the API, sealing as the practice
 * app does, with its room window opened from a page at the practice's origin.
 */
export async function openPractice(server: TestServerAddress) {
  const practice = await openTestPractice(server);
  return {
    practice,
    book: (name: string, day = today(server), more: More = {}) => book(server, practice, name, day, more),
    /** Opens the host's window for these appointments, as the practice app does. */
    openRoom: (person: Person, appointments: BookedAppointment[], more: { hideAddress?: boolean } = {}) =>
      openRoom(server, practice, person, appointments, more),
  };
}

/** Today in the practice's time zone, on the server's clock. */
export function today(server: TestServerAddress, plusDays = 0): string {
  return addDays(calendarDayIn(timeZone, server.context.now()), plusDays);
}

async function book(
  server: TestServerAddress,
  { practiceId, userId, recordKey, client }: TestPractice,
  name: string,
  day: string,
  { consent = '', compareWords = false, time = '10:30', hideAddress = false, telephone = '' }: More,
): Promise<BookedAppointment> {
  const [id, invitationId, code, hostCode] = [randomUUID(), randomUUID(), generateCode(), generateCode()];
  const { locator, psk, cardKey } = await deriveSecrets(code, 'invitation', server.roomOrigin);
  const hostSecrets = await deriveSecrets(hostCode, 'host', server.roomOrigin);
  const card = {
    appointmentId: id,
    practice: 'Praxis am See',
    practitioner: practitionerName,
    start: `${day}T${time}`,
    durationMinutes: 15,
    timeZone,
    telephone: '030 1234567',
    language: 'de',
    consent,
  } satisfies InvitationCard;
  const keys = { code, locator: toBase64url(locator), psk: toBase64url(psk), cardKey: toBase64url(cardKey) };
  const participant = {
    invitationId,
    name,
    email: '',
    telephone,
    role: 'patient' as const,
    language: 'de' as const,
    sent: [],
    mailOnDay: 'no' as const,
    viaServer: false,
    consent: null,
  };
  const record = {
    time,
    durationMinutes: 15,
    note: '',
    participants: [{ ...participant, ...keys }],
    hostCodes: [],
  };
  const { practice, practitioner, start } = card;
  const heldByCode = {
    appointmentId: id,
    practice,
    practitioner,
    start,
    timeZone,
    hideAddress,
    participants: [{ invitationId, name, role: 'patient', telephone, psk: keys.psk, compareWords }],
  } satisfies Unbranded<HostCard>;
  const place = { practiceId, kind: 'appointment', id, version: 1, generation: 1 };
  const input = {
    id,
    practitionerId: userId,
    day,
    generation: 1,
    sealed: toBase64url(await sealRecord(recordKey, record satisfies Unbranded<AppointmentRecord>, place)),
    invitations: [
      {
        id: invitationId,
        locatorHash: toBase64url(await sha256(locator)),
        card: toBase64url(await sealCard(cardKey, card)),
      },
    ],
    hostCodes: [
      {
        id: randomUUID(),
        locatorHash: toBase64url(await sha256(hostSecrets.locator)),
        card: toBase64url(await sealCard(hostSecrets.cardKey, heldByCode)),
      },
    ],
    deliveries: [],
    keepDeliveries: [],
    takenConsents: [],
  };
  const { version } = await client.appointment.book(input);
  const expected = {
    appointmentId: id,
    invitationId,
    name,
    telephone,
    time,
    psk: keys.psk,
    compareWords,
    from: localInstant(day, '00:00', timeZone).getTime(),
    until: localInstant(day, '24:00', timeZone).getTime(),
  };
  return {
    id,
    version,
    code,
    link: `${server.roomOrigin}/#${code}`,
    hostCode,
    expected: expected as ExpectedParticipant,
  };
}

/** Ids are branded where they were parsed; a test makes its own. */
type Unbranded<T> = T extends string ? string : T extends object ? { [K in keyof T]: Unbranded<T[K]> } : T;

async function openRoom(
  server: TestServerAddress,
  { client }: TestPractice,
  person: Person,
  appointments: BookedAppointment[],
  more: { hideAddress?: boolean },
): Promise<Page> {
  const { ticket } = await client.waitingRoom.hostTicket({});
  await person.page.goto(server.practiceOrigin);
  const popup = person.page.waitForEvent('popup');
  await person.page.evaluate(
    ({ roomOrigin, message }) => {
      globalThis.addEventListener('message', (event) => {
        if (event.origin !== roomOrigin) return;
        const heard = event.data as { kind: string; record?: { id: string } };
        const answer =
          heard.kind === 'room-window-record'
            ? { kind: 'room-window-record-taken', id: heard.record?.id, outcome: 'kept' }
            : message;
        (event.source as Window).postMessage(answer, roomOrigin);
      });
      const address = `${roomOrigin}/?host=${encodeURIComponent(location.origin)}`;
      window.open(address, 'sprechzimmer-room', 'popup,width=480,height=640');
    },
    {
      roomOrigin: server.roomOrigin,
      message: {
        kind: 'room-window-open',
        ticket,
        practitioner: practitionerName,
        language: 'de',
        expected: appointments.map((one) => one.expected),
        ...more,
      },
    },
  );
  const page = await popup;
  await page.setViewportSize({ width: 480, height: 640 });
  return page;
}
