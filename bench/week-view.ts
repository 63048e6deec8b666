import { randomBytes, randomUUID } from 'node:crypto';

import type { Page } from 'playwright-core';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openRecord, recordKey, sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import type { AppointmentRecord } from '@sprechzimmer/protocol/appointment.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { addDays } from '@sprechzimmer/time/calendar-day.ts';
import { openPerson } from '../e2e/support/browsers.ts';
import { registerPractice } from '../e2e/support/practice-app.ts';
import { today } from '../e2e/support/practice.ts';
import { startProduct } from '../e2e/support/product.ts';
import { addCrowd } from '../server/testing/crowd.ts';

export type WeekViewMeasure = {
  /** From the click on "Kalender" to a hundred appointments of this week on the screen; milliseconds, median. */
  weekView100Ms: number;
  /** The same with 99,900 more in the practice, on other days. */
  weekView100000Ms: number;
};

type Product = Awaited<ReturnType<typeof startProduct>>;
type Owner = { practiceId: string; practitionerId: string; key: CryptoKey };

const rounds = 9;
const shown = 100;

/** The real app in a real browser against a real server; each round begins with a reload, so nothing is known yet. */
export async function measureWeekView(): Promise<WeekViewMeasure> {
  const product = await startProduct();
  const person = await openPerson();
  try {
    const { page } = person;
    await keepRandomBytes(page);
    await registerPractice(page, product.practiceOrigin);
    const owner = await findOwner(product, page);
    await addShown(product, owner);
    const weekView100Ms = await medianMs(page);
    await addCrowd(product.context.db, owner, 100_000 - shown);
    const weekView100000Ms = await medianMs(page);
    return { weekView100Ms, weekView100000Ms };
  } finally {
    await person.close();
    await product.close();
  }
}

async function medianMs(page: Page): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await weekViewMs(page));
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

async function weekViewMs(page: Page): Promise<number> {
  await page.reload();
  const link = page.getByRole('navigation').getByText('Kalender', { exact: true });
  await link.waitFor();
  return link.evaluate(async (element: HTMLElement, count: number) => {
    const began = performance.now();
    element.click();
    await new Promise<void>((resolve) => {
      const look = () => {
        if (document.querySelectorAll('.calendar-entry').length < count) return;
        observer.disconnect();
        // Painted: the frame after the one that changed the page has begun.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true });
    });
    return performance.now() - began;
  }, shown);
}

/** The practice's key never leaves its browser, so the browser is asked to tell what it made the key of. */
async function keepRandomBytes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: number[][] = [];
    const original = crypto.getRandomValues.bind(crypto);
    crypto.getRandomValues = (array) => {
      const filled = original(array);
      if (filled instanceof Uint8Array && filled.length === 32) kept.push([...filled]);
      return filled;
    };
    Object.assign(globalThis, { keptRandomBytes: kept });
  });
}

async function findOwner({ context }: Product, page: Page): Promise<Owner> {
  const candidates = await page.evaluate(
    () => (globalThis as unknown as { keptRandomBytes: number[][] }).keptRandomBytes,
  );
  const { practice_id: practiceId, ...profile } = await context.db
    .selectFrom('profile')
    .where('kind', '=', 'practice')
    .selectAll()
    .executeTakeFirstOrThrow();
  const { id: practitionerId } = await context.db
    .selectFrom('practice_user')
    .select('id')
    .executeTakeFirstOrThrow();
  for (const candidate of candidates) {
    const key = await recordKey(new Uint8Array(candidate));
    const { kind, id, version, generation } = profile;
    const place = { practiceId, kind, id, version, generation };
    const opened = await openRecord(key, new Uint8Array(profile.sealed), place).catch(() => undefined);
    if (opened !== undefined) return { practiceId, practitionerId, key };
  }
  throw new Error('none of the bytes is the practice key');
}

/** This week's, real ones: twenty on each day from Monday to Friday. */
async function addShown(product: Product, { practiceId, practitionerId, key }: Owner): Promise<void> {
  const { db } = product.context;
  const now = today(product);
  const monday = addDays(now, -((new Date(`${now}T12:00:00Z`).getUTCDay() + 6) % 7));
  for (let index = 0; index < shown; index++) {
    const [id, invitationId] = [randomUUID(), randomUUID()];
    const shared = {
      practice_id: practiceId,
      practitioner_id: practitionerId,
      day: addDays(monday, index % 5),
    };
    const place = { practiceId, kind: 'appointment', id, version: 1, generation: 1 };
    const record = recordOf(index, invitationId as InvitationId);
    const sealed = Buffer.from(await sealRecord(key, record, place));
    await db
      .insertInto('appointment')
      .values({ ...shared, id, version: 1, generation: 1, sealed })
      .execute();
    const codes = { locator_hash: randomBytes(32), card: randomBytes(400) };
    await db
      .insertInto('invitation')
      .values({ ...shared, ...codes, id: invitationId, appointment_id: id })
      .execute();
  }
}

function recordOf(index: number, invitationId: InvitationId): AppointmentRecord {
  const minutes = 8 * 60 + Math.floor(index / 5) * 25;
  const time = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const codes = {
    code: 'K7QF93MDXW2P',
    locator: toBase64url(new Uint8Array(16)),
    psk: toBase64url(new Uint8Array(32)),
  };
  const person = {
    name: `Frau Muster ${index}`,
    email: 'muster@example.org',
    telephone: '030 1234567',
    role: 'patient' as const,
    language: 'de' as const,
  };
  const passing = { sent: [], mailOnDay: 'no' as const, viaServer: false, consent: null };
  const participants = [{ invitationId, ...person, ...codes, ...passing }];
  return { time, durationMinutes: 20, note: 'Befund besprechen', participants, hostCodes: [] };
}
