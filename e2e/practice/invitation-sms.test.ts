import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { text } from 'node:stream/consumers';
import type { TestServer } from '../../server/testing/test-server.ts';
import { bookPatient, isAccessible, unfold, withPractice } from '../support/invitations.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';

let gateway: Server;
let server: TestServer;
const received: string[] = [];

before(async () => {
  gateway = createServer((request, response) => {
    void text(request).then((body) => {
      received.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const { port } = gateway.address() as AddressInfo;
  server = await startProduct({ config: { sms: { url: `http://127.0.0.1:${port}/send`, token: 'geheim' } } });
});
after(async () => {
  await server.close();
  await new Promise((resolve) => gateway.close(resolve));
});

test('an SMS asks for the number that is missing, goes out with the link, and names nobody', () =>
  withPractice(server, async ({ page }) => {
    const link = await bookPatient(server, page);
    await unfold(page, 'SMS');
    await see(page, 'Es fehlt eine Handynummer.');
    await page.getByLabel('Handynummer').fill('171 23');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await see(page, 'Das ist keine vollständige Telefonnummer.');
    await isAccessible(page);
    await page.getByLabel('Handynummer').fill('0171 234 56-78');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await see(page, 'Geht jetzt an +491712345678.');
    await page.getByRole('button', { name: 'SMS jetzt schicken' }).click();
    await see(page, /^SMS verschickt: heute/);
    await see(page, 'Der Server kennt diesen Link.');
    await isAccessible(page);
    assert.equal(received.length, 1);
    const sms = JSON.parse(received[0] ?? '') as { to: string; text: string };
    assert.equal(sms.to, '+491712345678');
    assert.ok(sms.text.includes(link));
    assert.doesNotMatch(sms.text, /Groß|Sommer|Sprechstunde/i);
  }));
