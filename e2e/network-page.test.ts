import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TestServer } from '../server/testing/test-server.ts';
import { isAccessible, withPractice } from './support/invitations.ts';
import { startProduct } from './support/product.ts';
import { type Relay, startRelay } from './support/relay.ts';
import { see } from './support/senses.ts';
import { openFromMenu } from './support/users.ts';

let relay: Relay;
let server: TestServer;

before(async () => {
  relay = await startRelay({ peersOfTest: ['127.0.0.1'] });
  server = await startProduct({ config: { relay: relay.config } });
});

after(async () => {
  await server.close();
  await relay.close();
});

test('a practice tests its own line, and finds what its firewall has to let through', async () => {
  await withPractice(server, async ({ page }) => {
    await openFromMenu(page, 'Einstellungen');
    await page.getByRole('button', { name: /Netz und Firewall/ }).click();
    await see(page, 'Was die Firewall durchlassen muss');
    await page.getByRole('button', { name: 'Verbindung prüfen' }).click();
    await see(page, 'Ihre Verbindung reicht für Bild und Ton.', 60_000);
    await page.getByText('Einzelheiten für die Technik').click();
    const rows = await page.locator('.ways tbody tr').allInnerTexts();
    const udp = rows.find((text) => text.includes(`UDP ${relay.ports.plain[0]}`)) ?? '';
    assert.match(udp, /offen\s+\d+ ms\s+[\d.]+ kbit\/s/);
    await isAccessible(page);
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'Liste für Ihre Technik öffnen' }).click();
    const list = await opened;
    const cells = await list.locator('.table tbody tr').allInnerTexts();
    assert.ok(
      cells.some(
        (text) => text.includes('127.0.0.1') && text.includes(`UDP\t${relay.ports.plain.join(', ')}`),
      ),
    );
  });
});
