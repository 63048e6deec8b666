import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import type { AppointmentRecord, StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { SealedContact } from '@sprechzimmer/protocol/contact.ts';
import { addDays } from '@sprechzimmer/time/calendar-day.ts';
import { ApiError } from '../api.ts';
import { openPractice } from '../testing/open-practice.ts';
import { exportPractice, type ExportWork } from './export-practice.ts';

const { session } = await openPractice();
const now = new Date('2026-06-30T10:00:00Z');
const today = '2026-06-30';
const secret = 'Z'.repeat(43);

type Participant = AppointmentRecord['participants'][number];

function participant(changes: Partial<Participant> = {}): Participant {
  return {
    invitationId: randomUUID() as Participant['invitationId'],
    name: 'Frau "Muster"; Anna',
    email: '=cmd@example.org',
    telephone: '030 1',
    role: 'patient',
    language: 'de',
    code: 'K7QF93MDXW2P',
    locator: 'A'.repeat(22),
    psk: secret,
    cardKey: secret,
    sent: [],
    mailOnDay: 'no',
    viaServer: false,
    consent: {
      givenAt: '2026-06-01T08:00:00.000Z',
      revokedAt: null,
      by: 'participant',
      textHash: 'B'.repeat(43),
    },
    ...changes,
  };
}

async function stored(day: string, note: string, people = [participant()]): Promise<StoredAppointment> {
  const id = randomUUID() as StoredAppointment['id'];
  const place = { practiceId: session.practice.id, kind: 'appointment', id, version: 1, generation: 1 };
  const record = { time: '10:30', durationMinutes: 20, note, participants: people, hostCodes: [] };
  return {
    id,
    practitionerId: session.user.id,
    day,
    version: 1,
    generation: 1,
    sealed: toBase64url(await sealRecord(keyOf(1), record satisfies AppointmentRecord, place)),
    heldAt: null,
    invitations: [],
    deliveries: [],
  };
}

async function storedContact(name: string): Promise<SealedContact> {
  const id = randomUUID() as SealedContact['id'];
  const place = { practiceId: session.practice.id, kind: 'contact', id, version: 1, generation: 1 };
  const record = { name, email: '', telephone: '030 1', language: 'de' };
  return { id, version: 1, generation: 1, sealed: toBase64url(await sealRecord(keyOf(1), record, place)) };
}

function keyOf(generation: number): CryptoKey {
  const key = session.recordKeys.get(generation);
  if (!key) throw new TypeError('no such key');
  return key;
}

/** The server's side of an export, in pages of two hundred. */
function workWith({
  appointments,
  contacts = [],
}: {
  appointments: StoredAppointment[];
  contacts?: SealedContact[];
}) {
  const line = { failsAtPage: Infinity };
  let pages = 0;
  const client = {
    practiceDeletion: {
      contents: async () => ({ appointments: appointments.length, contacts: contacts.length }),
    },
    export: {
      counts: async () => ({ consultations: [], cases: [] }),
      appointments: async ({ after }: { after: { id: string } | null }) => {
        pages += 1;
        if (pages >= line.failsAtPage) throw new ApiError('OFFLINE');
        const begin = after === null ? 0 : appointments.findIndex(({ id }) => id === after.id) + 1;
        const page = appointments.slice(begin, begin + 200);
        const last = page.at(-1);
        const isLast = begin + 200 >= appointments.length;
        return { appointments: page, next: isLast || !last ? null : { day: last.day, id: last.id } };
      },
    },
    contact: { list: async () => ({ contacts, next: null }) },
    securityEvent: {
      list: async ({ before }: { before: string | null }) => ({
        events: before === null ? [{ id: '1', kind: 'signed-in', at: now.toISOString() }] : [],
      }),
    },
    retention: { deletions: async () => ({ deletions: [] }) },
  };
  const work = { client, session, reload: async () => undefined } as unknown as ExportWork;
  return { work, line };
}

async function readFiles(file: Blob): Promise<Record<string, string>> {
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  );
}

const go = (work: ExportWork, signal = new AbortController().signal) =>
  exportPractice(work, { signal, onProgress: () => undefined, now });

test('the file holds profiles, contacts, appointments, log and counts, readable, and open codes but no secrets', async () => {
  const appointments = [
    await stored('2026-06-29', 'vorbei'),
    await stored(today, 'mit\nZeilen; und "Zeichen"', [
      participant(),
      participant({ name: 'Sohn', role: 'relative' }),
    ]),
  ];
  const contacts = [await storedContact('Frau Muster')];
  const { work } = workWith({ appointments, contacts });
  const exported = await go(work);
  assert.equal(exported.name, 'sprechzimmer-export-2026-06-30.zip');
  assert.deepEqual([exported.appointments, exported.contacts, exported.unreadable], [2, 1, 0]);
  const files = await readFiles(exported.file);
  assert.deepEqual(Object.keys(files).sort(), ['LIESMICH.txt', 'kontakte.csv', 'praxis.json', 'termine.csv']);
  const json = JSON.parse(files['praxis.json'] ?? '');
  assert.equal(json.format, 'sprechzimmer-export');
  const docs = readFileSync(new URL('../../../docs/export.md', import.meta.url), 'utf8');
  const described = [...docs.split('## praxis.json')[1]!.matchAll(/^\| `(\w+)`/gm)].map(([, field]) => field);
  assert.deepEqual(Object.keys(json), described);
  assert.equal(json.practice.name, 'Praxis Dr. Muster');
  assert.equal(json.users[0].name, 'Dr. Erika Muster');
  assert.equal(json.membershipLog.length, 1);
  assert.equal(json.securityEvents.length, 1);
  assert.equal(json.contacts[0].name, 'Frau Muster');
  const [past, open] = json.appointments;
  assert.deepEqual([past.note, past.participants[0].code], ['vorbei', null]);
  assert.deepEqual([open.participants[0].code, open.participants[1].name], ['K7QF93MDXW2P', 'Sohn']);
  assert.equal(open.participants[0].consent.givenAt, '2026-06-01T08:00:00.000Z');
  for (const text of Object.values(files)) assert.ok(!text.includes(secret));
  for (const name of ['psk', 'cardKey', 'locator"'])
    assert.ok(!(files['praxis.json'] ?? '').includes(`"${name}`));
  const lines = (files['termine.csv'] ?? '').split('\r\n');
  assert.match(lines[0] ?? '', /^\uFEFFTag;Uhrzeit;/);
  assert.equal(
    lines[1],
    '2026-06-29;10:30;20;Dr. Erika Muster;;"Frau ""Muster""; Anna";Patientin oder Patient;\'=cmd@example.org;030 1;;erteilt;vorbei',
  );
  assert.ok(lines[2]?.endsWith('K7QF93MDXW2P;erteilt;"mit\nZeilen; und ""Zeichen"""'));
  assert.equal(files['kontakte.csv'], '\uFEFFName;E-Mail;Telefon;Sprache\r\nFrau Muster;;030 1;de\r\n');
});

test('a practice without anything has a file, too', async () => {
  const files = await readFiles((await go(workWith({ appointments: [] }).work)).file);
  const json = JSON.parse(files['praxis.json'] ?? '');
  assert.deepEqual([json.appointments, json.contacts, json.unreadable], [[], [], []]);
});

test('what no key opens is named, and the rest is there', async () => {
  const damaged = { ...(await stored(today, '')), sealed: toBase64url(new Uint8Array(60)) };
  const older = { ...(await stored(today, '')), generation: 7 };
  const { work } = workWith({ appointments: [damaged, await stored(today, 'heil'), older] });
  const exported = await go(work);
  assert.deepEqual([exported.appointments, exported.unreadable], [1, 2]);
  const json = JSON.parse((await readFiles(exported.file))['praxis.json'] ?? '');
  assert.deepEqual(
    json.unreadable.map(({ kind, id, day }: Record<string, string>) => [kind, id, day]),
    [damaged, older].map(({ id }) => ['appointment', id, today]),
  );
});

test('ten thousand appointments come page by page, with progress up to the last', async () => {
  const note = 'Notiz '.repeat(60);
  const appointments = await Promise.all(
    Array.from({ length: 10_000 }, (_, index) => stored(addDays(today, index % 90), `${index} ${note}`)),
  );
  const { work } = workWith({ appointments });
  const steps: number[] = [];
  const exported = await exportPractice(work, {
    signal: new AbortController().signal,
    onProgress: (done, of) => steps.push(done / of),
    now,
  });
  assert.equal(exported.appointments, 10_000);
  assert.equal(steps.at(-1), 1);
  assert.deepEqual(
    steps,
    steps.toSorted((a, b) => a - b),
  );
  assert.ok(steps.length > 50);
  const files = await readFiles(exported.file);
  const json = JSON.parse(files['praxis.json'] ?? '');
  assert.equal(json.appointments.length, 10_000);
  assert.equal((files['termine.csv'] ?? '').split('\r\n').length, 10_002);
  assert.ok(exported.file.size < 5_000_000, `${exported.file.size} bytes`);
});

test('a cancelled export ends at the next page, and a failing line makes no file', async () => {
  const appointments = await Promise.all(Array.from({ length: 600 }, () => stored(today, '')));
  const cancel = new AbortController();
  const { work, line } = workWith({ appointments });
  const cancelled = exportPractice(work, {
    signal: cancel.signal,
    onProgress: (done) => done > 0 && cancel.abort(),
    now,
  });
  await assert.rejects(cancelled, { name: 'AbortError' });
  line.failsAtPage = 3;
  await assert.rejects(go(work), { code: 'OFFLINE' });
});
