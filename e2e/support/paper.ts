import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsqr from 'jsqr';
import type { Page } from 'playwright-core';

export type Sheet = { text: string; qr: string | undefined; pages: number };

/** Prints the page as it would come out of a printer, and reads what is on the paper. */
export async function print(page: Page): Promise<Sheet> {
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-paper-'));
  try {
    const pdf = join(folder, 'sheet.pdf');
    await writeFile(pdf, await page.pdf({ preferCSSPageSize: true }));
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    execFileSync('pdftoppm', ['-r', '150', '-singlefile', pdf, join(folder, 'sheet')]);
    const picture = readPpm(await readFile(join(folder, 'sheet.ppm')));
    const found = jsqr(picture.data, picture.width, picture.height);
    return { text, qr: found?.data, pages: text.split('\f').length - 1 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A binary portable pixmap: `P6`, width, height, 255, then red, green and blue of each pixel. */
function readPpm(file: Buffer): { data: Uint8ClampedArray; width: number; height: number } {
  const [head = '', width = '', height = ''] =
    /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1')) ?? [];
  const pixels = file.subarray(head.length);
  const data = new Uint8ClampedArray(Number(width) * Number(height) * 4);
  for (let pixel = 0; pixel < data.length / 4; pixel += 1) {
    data.set(pixels.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    data[pixel * 4 + 3] = 255;
  }
  return { data, width: Number(width), height: Number(height) };
}
