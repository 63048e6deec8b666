import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { BrowserContextOptions, Page, WebSocketRoute } from 'playwright-core';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealCard } from '@sprechzimmer/crypto/card.ts';
import { generateCode } from '@sprechzimmer/crypto/code.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import { openPerson, type Person } from '../../e2e/support/browsers.ts';
import { accessibilityProblems } from './testing/accessibility.ts';
import { serveRoom } from './testing/room-server.ts';

let room: Awaited<ReturnType<typeof serveRoom>>;
let person: Person;
const code = generateCode();
let card: string;
/** Of a practice that asks for consent, for a patient who speaks English. */
let englishCard: string;

before(async () => {
  room = await serveRoom();
  person = await openPerson();
  const { cardKey } = await deriveSecrets(code, 'invitation', room.origin);
  const content = {
    practice: 'Praxis am Park',
    practitioner: 'Dr. Weber',
    start: '2030-11-26T10:30',
    timeZone: 'Europe/Berlin',
    telephone: '030 123456',
    language: 'de',
  };
  card = toBase64url(await sealCard(cardKey, content));
  const consent = `${'A long consent text. '.repeat(120)}\n\nEnd of the text.`;
  englishCard = toBase64url(await sealCard(cardKey, { ...content, language: 'en', consent }));
});

after(async () => {
  await person.close();
  await room.close();
});

/** A window of its own at the room, whose server answers a join as told. */
async function visit(
  answer?: (socket: WebSocketRoute) => void,
  browser: BrowserContextOptions = {},
): Promise<Page & { sent: string[] }> {
  const context = await person.browser.newContext({
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    ...browser,
  });
  const page = await context.newPage();
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
  page.on('pageerror', (error) => person.problems.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) person.problems.push(message.text());
  });
  await page.routeWebSocket(/signalling/, (socket) => {
    socket.onMessage((message) => {
      sent.push(String(message));
      if (String(message).includes('"join"')) answer?.(socket);
    });
  });
  return Object.assign(page, { sent });
}

const tell = (message: ServerMessage) => (socket: WebSocketRoute) => socket.send(JSON.stringify(message));
const invitationId = randomUUID() as InvitationId;
const joined = (hostPresent = false) =>
  tell({ kind: 'joined', invitationId, card, hostPresent, iceServers: [] });

async function enter(page: Page): Promise<void> {
  await page.goto(`${room.origin}/#${code}`);
  await page.getByLabel('Ihr Name').fill('Erika Muster');
  await page.getByRole('button', { name: 'Ins Wartezimmer' }).click();
}

async function sees(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 10_000 });
}

async function leavesNoDoubt(page: Page): Promise<void> {
  assert.deepEqual(await accessibilityProblems(page), []);
  const tooWide = await page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth
      ? []
      : Array.from(document.querySelectorAll('#app *'))
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`),
  );
  assert.deepEqual(tooWide, []);
}

test('a link’s code leaves the address bar at once, and nothing of it is sent before the button is pressed', async () => {
  const page = await visit();
  await page.goto(`${room.origin}/#${code}`);
  await page.getByLabel('Ihr Name').fill('Erika Muster');
  assert.equal(page.url(), `${room.origin}/`);
  await page.waitForTimeout(1_000);
  assert.equal(page.sent.filter((line) => line.includes(code) || line.includes('join')).length, 0);
  assert.ok(page.sent.every((line) => line.startsWith(room.origin)));
  await leavesNoDoubt(page);
  await page.context().close();
});

test('a typing error is told at once, with the sentence for it, and a pasted link is understood', async () => {
  const page = await visit();
  await page.goto(room.origin);
  const field = page.getByLabel('Ihr Code');
  await field.pressSequentially(code.slice(0, 11).toLowerCase() + (code.endsWith('7') ? '8' : '7'));
  await sees(page, 'Da ist ein Tippfehler.');
  await leavesNoDoubt(page);
  await field.fill('');
  await field.pressSequentially('k7u');
  await sees(page, '„U“ kommt in keinem Code vor.');
  await field.fill(`${room.origin}/#${code}`);
  await sees(page, 'Der Code ist richtig geschrieben.');
  assert.equal(page.sent.filter((line) => line.includes('join')).length, 0);
  await page.context().close();
});

test('a reload keeps the place; after leaving it does not, and nothing stays in the browser', async () => {
  const page = await visit(joined());
  await enter(page);
  await sees(page, 'Die Praxis ist noch nicht da.');
  const places = () => page.sent.filter((line) => line.includes('"join"'));
  await page.reload();
  await sees(page, 'Die Praxis ist noch nicht da.');
  assert.equal(places().length, 2);
  assert.equal(places()[0], places()[1]);
  await leavesNoDoubt(page);
  await page.getByRole('button', { name: 'Wartezimmer verlassen' }).click();
  await sees(page, 'Sie haben das Wartezimmer verlassen');
  await leavesNoDoubt(page);
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);
  await page.reload();
  await page.getByLabel('Ihr Code').waitFor();
  await page.context().close();
});

const refusals: { message: ServerMessage; says: string; next: { role: 'button' | 'link'; name: RegExp } }[] =
  [
    {
      message: { kind: 'refused', code: 'code-unknown' },
      says: 'Dieser Code gilt nicht',
      next: { role: 'button', name: /Anderen Code/ },
    },
    {
      message: { kind: 'refused', code: 'occupied' },
      says: 'Mit diesem Code ist schon jemand da',
      next: { role: 'button', name: /Noch einmal/ },
    },
    {
      message: { kind: 'refused', code: 'server-full' },
      says: 'Gerade ist kein Platz frei',
      next: { role: 'button', name: /Noch einmal/ },
    },
  ];

for (const { message, says, next } of refusals) {
  test(`a refusal “${says}” names the next step`, async () => {
    const page = await visit(tell(message));
    await enter(page);
    await sees(page, says);
    await page.getByRole(next.role, { name: next.name }).waitFor();
    await leavesNoDoubt(page);
    await page.context().close();
  });
}

test('a code for another day shows date and hour from the card, and the telephone', async () => {
  const page = await visit((socket) =>
    tell({ kind: 'refused', code: 'not-today', day: '2030-11-26', card })(socket),
  );
  await enter(page);
  await sees(
    page,
    'Ihr Termin ist am Dienstag, 26. November 2030, um 10:30 Uhr. Dieser Code öffnet an diesem Tag.',
  );
  assert.equal(
    await page.getByRole('link', { name: /Praxis anrufen/ }).getAttribute('href'),
    'tel:030123456',
  );
  await leavesNoDoubt(page);
  await page.context().close();
});

test('a code outside of the operator’s hours says from when to when it opens', async () => {
  const hours = { from: '06:00', until: '22:00' };
  const page = await visit(tell({ kind: 'refused', code: 'closed-now', day: '2030-11-26', hours, card }));
  await enter(page);
  await sees(page, 'Das Wartezimmer ist gerade geschlossen');
  await sees(page, 'Ihr Code öffnet an diesem Tag von 6:00 Uhr bis 22:00 Uhr (Uhrzeit der Praxis).');
  await sees(page, 'Termin bei Dr. Weber: Dienstag, 26. November, 10:30 Uhr');
  await page.getByRole('button', { name: 'Noch einmal versuchen' }).waitFor();
  await leavesNoDoubt(page);
  await page.context().close();
});

test('the page speaks the invitation’s language, unless the person has chosen another', async () => {
  const answer = () =>
    tell({ kind: 'joined', invitationId, card: englishCard, hostPresent: false, iceServers: [] });
  const page = await visit((socket) => answer()(socket));
  await enter(page);
  await sees(page, 'You are in the waiting room');
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.reload();
  await sees(page, 'Sie sind im Wartezimmer');
  await page.getByRole('button', { name: 'Ich willige ein', exact: true }).waitFor();
  await page.context().close();
});

test('with letters of twice the size a long consent text and its answers are on a phone', async () => {
  const page = await visit((socket) =>
    tell({ kind: 'joined', invitationId, card: englishCard, hostPresent: false, iceServers: [] })(socket),
  );
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() =>
    addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '212.5%')),
  );
  await enter(page);
  await page.getByRole('button', { name: 'I consent', exact: true }).waitFor();
  await leavesNoDoubt(page);
  await page.locator('.consent-text').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await sees(page, 'You have not given your consent.');
  await page.context().close();
});

test('too many attempts say how long to wait, and then offer another try', async () => {
  const page = await visit(tell({ kind: 'refused', code: 'too-many-attempts', retryAfterSeconds: 3 }));
  await enter(page);
  await sees(page, 'Bitte warten Sie noch eine Minute.');
  assert.equal(await page.getByRole('button', { name: 'Anderen Code eingeben' }).count(), 0);
  await sees(page, 'Sie können es jetzt noch einmal versuchen.');
  await page.getByRole('button', { name: 'Anderen Code eingeben' }).waitFor();
  await page.context().close();
});

test('a broken handshake ends on the red page: only the telephone leads on, and a reload does not go back in', async () => {
  const page = await visit((socket) => {
    joined(true)(socket);
    setTimeout(() => socket.send(Buffer.from([0, 0, 0, 0, 9, 0, 1, 2, 3])), 300);
  });
  await enter(page);
  await sees(page, 'Verbindung nicht sicher – abgebrochen');
  await page.getByRole('link', { name: /Praxis anrufen/ }).waitFor();
  assert.equal(await page.getByRole('button').count(), 0);
  await leavesNoDoubt(page);
  await page.reload();
  await page.getByLabel('Ihr Code').waitFor();
  await page.context().close();
});

const lacks = {
  'Navigator.prototype.mediaDevices': 'Dieser Browser gibt Kamera und Mikrofon nicht her.',
  'window.RTCPeerConnection': 'In diesem Browser sind Videogespräche abgeschaltet.',
  'Crypto.prototype.subtle': 'Dieser Browser kann die Verschlüsselung nicht, die wir brauchen.',
  'Array.prototype.at': 'Chrome ist zu alt für Videogespräche.',
};
for (const [missing, says] of Object.entries(lacks)) {
  test(`a browser without ${missing} says why it cannot do it, and gives the code for another one`, async () => {
    const page = await visit();
    await page.addInitScript(`delete ${missing}`);
    await page.goto(`${room.origin}/#${code}`);
    await sees(page, 'Mit diesem Browser geht es nicht');
    await sees(page, says);
    await sees(page, code.match(/.{4}/g)?.join('-') ?? '');
    assert.equal(page.sent.filter((line) => line.includes('join')).length, 0);
    await leavesNoDoubt(page);
    await page.context().close();
  });
}

test('inside a program without a camera the way into the browser is shown, and the address takes the code along', async () => {
  const userAgent =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 WhatsApp/24.11.80';
  const page = await visit(undefined, { userAgent, viewport: { width: 390, height: 844 } });
  await page.addInitScript('delete Navigator.prototype.mediaDevices');
  await page.goto(`${room.origin}/#${code}`);
  await sees(page, 'Diese Seite ist in WhatsApp geöffnet. Dort sind keine Videogespräche möglich.');
  await sees(page, 'Wählen Sie „In Safari öffnen“ oder „Im Browser öffnen“.');
  await page.getByRole('button', { name: 'Link kopieren' }).waitFor();
  assert.equal(page.url(), `${room.origin}/#${code}`);
  await leavesNoDoubt(page);
  await page.context().close();
});

test('inside a program whose window has a camera, that is only a hint', async () => {
  const userAgent =
    'Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36';
  const page = await visit(joined(), { userAgent });
  await enter(page);
  await sees(page, 'Diese Seite ist in einem anderen Programm geöffnet. Es geht auch hier.');
  await sees(page, 'Sie sind im Wartezimmer');
  await leavesNoDoubt(page);
  await page.context().close();
});

test('the host’s window without the practice app sends the doctor there', async () => {
  const page = await visit();
  await page.goto(`${room.origin}/?host=${encodeURIComponent('https://praxis.example.org')}`);
  await sees(page, 'Bitte öffnen Sie das Sprechzimmer aus der Praxis-App');
  await leavesNoDoubt(page);
  await page.context().close();
});

test('English is one press away and stays chosen, and the page tells its language', async () => {
  const page = await visit();
  await page.goto(`${room.origin}/#${code}`);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByLabel('Your name').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await page.reload();
  await sees(page, 'Welcome to your video consultation');
  await page.context().close();
});

test('with letters of twice the size nothing is cut off on a phone', async () => {
  const page = await visit(joined());
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() =>
    addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '212.5%')),
  );
  await enter(page);
  await sees(page, 'Die Praxis ist noch nicht da.');
  await leavesNoDoubt(page);
  await page.context().close();
});

test('no page broke the content security policy or threw', () => {
  assert.deepEqual(person.problems, []);
});
