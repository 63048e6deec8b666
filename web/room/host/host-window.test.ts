import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPerson, type Person } from '../../../e2e/support/browsers.ts';
import { openPractice } from '../../../e2e/support/practice.ts';
import { startProduct } from '../../../e2e/support/product.ts';
import { goToWaitingRoom, isSeen } from '../../../e2e/support/room.ts';
import { see } from '../../../e2e/support/senses.ts';
import { accessibilityProblems } from '../testing/accessibility.ts';

let server: Awaited<ReturnType<typeof startProduct>>;
let people: Person[];
let host: Page;
let links: string[];

before(async () => {
  server = await startProduct();
  people = await Promise.all([openPerson(), openPerson(), openPerson()]);
  const practice = await openPractice(server);
  const names = ['Erika Muster', 'سارة الأحمد', 'Max Muster'];
  const appointments = await Promise.all(names.map((name) => practice.book(name)));
  links = appointments.map(({ link }) => link);
  host = await practice.openRoom(person(0), appointments);
});

after(async () => {
  await Promise.all(people.map((one) => one.close()));
  await server.close();
});

function person(index: number): Person {
  const found = people[index];
  assert.ok(found);
  return found;
}

async function hostIsInOrder(): Promise<void> {
  assert.deepEqual(await accessibilityProblems(host), []);
  assert.ok(await host.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
}

test('the window between patients', async (hours) => {
  await hours.test('says that nobody waits, and who is expected', async () => {
    await see(host, 'Im Moment wartet niemand');
    await see(host, 'Heute noch erwartet: 3');
    assert.equal(await host.title(), 'Sprechzimmer');
    await hostIsInOrder();
  });

  await hours.test(
    'shows who comes by the name they gave, with the entered one, and counts in its title',
    async () => {
      await goToWaitingRoom(person(1).page, links[0] ?? '', 'Oma Erika');
      await isSeen(person(1).page);
      await see(host, 'Oma Erika ist gerade gekommen');
      await see(host, 'Eingetragen als Erika Muster');
      await see(host, 'Bereit');
      assert.equal(await host.title(), '(1) Sprechzimmer');
      await hostIsInOrder();
    },
  );

  await hours.test('takes no key as a call while keys are switched off', async () => {
    await host.getByText('Tasten', { exact: true }).click();
    await host.getByRole('checkbox').uncheck();
    await host.keyboard.press('n');
    await host.waitForTimeout(300);
    await see(host, 'Oma Erika');
    assert.equal(await host.getByRole('button', { name: 'Beenden' }).count(), 0);
    await host.getByRole('checkbox').check();
  });
});

test('the keys of the window', async (keys) => {
  await keys.test('N calls in the next', async () => {
    await host.keyboard.press('n');
    await host.getByRole('button', { name: 'Beenden' }).waitFor();
    await see(person(1).page, 'Auflegen');
  });

  await keys.test('M and V switch microphone and camera, and the patient is told', async () => {
    await host.keyboard.press('m');
    await see(person(1).page, 'hat das Mikrofon aus.');
    await host.keyboard.press('m');
    await host.keyboard.press('v');
    await see(person(1).page, 'hat die Kamera aus.');
    await host.locator('.security-line > summary').click();
    await hostIsInOrder();
    await host.locator('.security-line > summary').click();
    await host.keyboard.press('v');
    await host.getByRole('switch', { name: 'Kamera', checked: true }).waitFor();
  });

  await keys.test(
    'none of them does anything while one writes, and Escape only closes the chat',
    async () => {
      await host.getByRole('button', { name: /^Chat/ }).click();
      await hostIsInOrder();
      await host.getByLabel('Ihre Nachricht').pressSequentially('nmv');
      assert.equal(await host.getByRole('switch', { checked: true }).count(), 2);
      await host.keyboard.press('Escape');
      assert.equal(await host.getByLabel('Ihre Nachricht').count(), 0);
      await host.keyboard.press('Escape');
      await host.getByRole('button', { name: 'Beenden' }).waitFor();
      await host.getByRole('button', { name: /^Chat/ }).click();
      assert.equal(await host.getByLabel('Ihre Nachricht').inputValue(), 'nmv');
      await host.getByRole('button', { name: 'Chat schließen' }).click();
    },
  );
});

test('a patient who writes nothing but links does not make the window work again and again', async () => {
  const patient = person(1).page;
  await patient.getByRole('button', { name: /^Chat/ }).click();
  const write = async (text: string) => {
    await patient.getByLabel('Ihre Nachricht').fill(text);
    await patient.keyboard.press('Enter');
  };
  await host.getByRole('button', { name: /^Chat/ }).click();
  await write('tel:1 '.repeat(330));
  await host.locator('.chat-entry-text a').first().waitFor();
  assert.equal(await host.locator('.chat-entry-text a').count(), 20);
  await host.evaluate(() => {
    const canParse = URL.canParse.bind(URL);
    Object.assign(globalThis, { looks: 0 });
    URL.canParse = (...given) => {
      (globalThis as unknown as { looks: number }).looks++;
      return canParse(...given);
    };
  });
  await write('tel:2');
  await host.locator('a[href="tel:2"]').waitFor();
  await write('Guten Tag');
  await see(host, 'Guten Tag');
  assert.equal(await host.evaluate(() => (globalThis as unknown as { looks: number }).looks), 1);
  await host.getByRole('button', { name: 'Chat schließen' }).click();
  await patient.getByRole('button', { name: 'Chat schließen' }).click();
});

test('during a consultation', async (talk) => {
  await talk.test(
    'whoever comes makes nothing speak: no announcement, no sound, only the number changes',
    async () => {
      await host.evaluate(() => {
        const heard: string[] = [];
        Object.assign(globalThis, { heard });
        const speaking = '[role=status], [role=alert], [role=log], [aria-live]';
        new MutationObserver((changes) => {
          for (const { target, addedNodes } of changes) {
            const element = target instanceof Element ? target : target.parentElement;
            const added = [...addedNodes].filter((node) => node instanceof Element);
            const speaks =
              element?.closest(speaking) ??
              added.find((node) => node.matches(speaking) || node.querySelector(speaking));
            if (speaks) heard.push(speaks.outerHTML);
          }
        }).observe(document.querySelector('.consultation') ?? document.body, {
          subtree: true,
          childList: true,
          characterData: true,
        });
        AudioScheduledSourceNode.prototype.start = () => heard.push('a sound');
      });
      await goToWaitingRoom(person(2).page, links[1] ?? '', 'سارة الأحمد');
      await isSeen(person(2).page);
      await see(host, '1 wartet');
      assert.equal(await host.title(), '(1) Sprechzimmer');
      assert.deepEqual(await host.evaluate(() => (globalThis as unknown as { heard: string[] }).heard), []);
      await hostIsInOrder();
    },
  );

  await talk.test('closing the window by mistake is asked about first', async () => {
    const asked = await host.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
    assert.equal(asked, true);
  });

  await talk.test(
    'after it the queue is back, and a name from right to left does not turn its sentence',
    async () => {
      await host.getByRole('button', { name: 'Beenden' }).click();
      await see(host, 'Sie haben das Gespräch mit Oma Erika beendet.');
      await see(host, '\u2068سارة الأحمد\u2069 ist gerade gekommen');
      await hostIsInOrder();
      const asked = await host.evaluate(
        () => !dispatchEvent(new Event('beforeunload', { cancelable: true })),
      );
      assert.equal(asked, false);
    },
  );
});

test('nothing went wrong on the way that only a browser would tell', () => {
  assert.deepEqual(
    people.flatMap(({ problems }) => problems),
    [],
  );
});
