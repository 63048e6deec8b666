import type { Page } from 'playwright-core';

export type SentFile = { name: string; mimeType: string; buffer: Buffer };

/** Opens the panel, from the bar or from the menu where the bar is narrow. */
export async function openFiles(page: Page): Promise<void> {
  if (await page.locator('.files-foot').isVisible()) return;
  const inBar = page.locator('.bar > .bar-tool').filter({ hasText: 'Dateien' });
  if (await inBar.isVisible()) await inBar.click();
  else {
    await page.getByRole('button', { name: 'Mehr' }).click();
    await page.locator('.tool-menu-item').filter({ hasText: 'Dateien' }).click();
  }
  await page.locator('.files-foot').waitFor();
}

export async function sendFiles(page: Page, ...files: SentFile[]): Promise<void> {
  await openFiles(page);
  await page.locator('.files-foot input[type=file]').setInputFiles(files);
}

/** One file in the open panel, the newest of that name. */
export function fileRow(page: Page, name: string) {
  return page.locator('.file-row').filter({ hasText: name }).first();
}

export async function acceptFile(page: Page, name: string): Promise<void> {
  await openFiles(page);
  await fileRow(page, name).getByRole('button', { name: 'Annehmen' }).click();
}

export async function saveFile(page: Page, name: string): Promise<{ name: string; content: Buffer }> {
  const download = page.waitForEvent('download');
  await fileRow(page, name).getByRole('button', { name: 'Speichern' }).click();
  const saved = await download;
  const parts: Buffer[] = [];
  for await (const part of await saved.createReadStream()) parts.push(part as Buffer);
  return { name: saved.suggestedFilename(), content: Buffer.concat(parts) };
}

/** Drops files of these sizes onto the page, as from the desktop. */
export async function dropFiles(page: Page, files: { name: string; size: number }[]): Promise<void> {
  await page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const { name, size } of files) {
      // A file's own bytes need not be random for this.
      const block = new Uint8Array(1024 * 1024).map((_, index) => index % 251);
      const parts = Array.from({ length: Math.ceil(size / block.length) }, (_, index) =>
        block.subarray(0, Math.min(block.length, size - index * block.length)),
      );
      dataTransfer.items.add(new File(parts, name));
    }
    const target = document.querySelector('.consultation') ?? document.body;
    for (const kind of ['dragover', 'drop'])
      target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }, files);
}
