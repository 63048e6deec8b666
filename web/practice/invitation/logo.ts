import type { LogoProfile } from '@sprechzimmer/protocol/invitation-settings.ts';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';

/** Twice what a letter shows at 150 dots per inch. */
const maxWidth = 720;
const maxHeight = 260;
const maxBytes = 40_000;

export type Box = { left: number; top: number; width: number; height: number };

type Pixels = { data: Uint8ClampedArray; width: number; height: number };

/** How far a channel may be from white, or from transparent, to count as empty. */
const tolerance = 12;

/** The part of a picture that holds anything but white or nothing; the whole one when it is empty. */
export function contentBox({ data, width, height }: Pixels): Box {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (isEmpty(data, (y * width + x) * 4)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (right < 0) return { left: 0, top: 0, width, height };
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function isEmpty(data: Uint8ClampedArray, at: number): boolean {
  const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
  return alpha <= tolerance || Math.min(red, green, blue) >= 255 - tolerance;
}

/** Sides within the largest logo, in the same proportion; never larger than they are. */
export function fittingSize({ width, height }: Pick<Box, 'width' | 'height'>): Pick<Box, 'width' | 'height'> {
  const scale = Math.min(1, maxWidth / width, maxHeight / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Draws the logo, on request without its empty edge. Nothing but pixels gets onto a canvas. */
export function drawLogo(canvas: HTMLCanvasElement, picture: ImageBitmap, trim: boolean): void {
  const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
  const box = trim ? trimmed(picture) : whole;
  const { width, height } = fittingSize(box);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, box.left, box.top, box.width, box.height, 0, 0, width, height);
}

function trimmed(picture: ImageBitmap): Box {
  const { width, height } = fittingSize(picture);
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) return { left: 0, top: 0, width: picture.width, height: picture.height };
  context.drawImage(picture, 0, 0, width, height);
  const box = contentBox(context.getImageData(0, 0, width, height));
  const scale = picture.width / width;
  return {
    left: box.left * scale,
    top: box.top * scale,
    width: Math.min(box.width * scale, picture.width),
    height: Math.min(box.height * scale, picture.height),
  };
}

const attempts: [LogoProfile['type'], number?][] = [
  ['image/png'],
  ['image/jpeg', 0.9],
  ['image/jpeg', 0.75],
  ['image/jpeg', 0.5],
  ['image/jpeg', 0.25],
];

/** The best picture that fits. @throws TypeError when the browser makes none */
export async function encodeLogo(canvas: HTMLCanvasElement): Promise<LogoProfile> {
  for (const [type, quality] of attempts) {
    const source = type === 'image/jpeg' ? onWhite(canvas) : canvas;
    const blob = await new Promise<Blob | null>((resolve) => source.toBlob(resolve, type, quality));
    if (blob?.type === type && blob.size <= maxBytes) {
      return { type, image: toBase64url(new Uint8Array(await blob.arrayBuffer())) };
    }
  }
  throw new TypeError('no logo that fits');
}

/** JPEG knows no transparency: without this, it would become black. */
function onWhite(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return copy;
}
