/** Side of a kept picture, in pixels. */
export const pictureSide = 256;

/** The part of a picture that is kept: a square, in the picture's own pixels. */
export type Crop = { left: number; top: number; side: number };

/**
 * @param zoom 1: the largest square there is; 3: a third of its side
 * @param centre where the square's middle is to be, from 0 to 1 in each direction; kept within the picture
 */
export function cropOf(
  picture: { width: number; height: number },
  zoom: number,
  centre: { x: number; y: number },
): Crop {
  const side = Math.min(picture.width, picture.height) / Math.max(1, zoom);
  const within = (middle: number, length: number) =>
    Math.min(Math.max(middle * length - side / 2, 0), length - side);
  return { left: within(centre.x, picture.width), top: within(centre.y, picture.height), side };
}

/** Draws the crop at full size. Nothing but pixels gets onto a canvas: what the camera wrote beside them stays behind. */
export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  canvas.width = pictureSide;
  canvas.height = pictureSide;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, pictureSide, pictureSide);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, crop.left, crop.top, crop.side, crop.side, 0, 0, pictureSide, pictureSide);
}

const qualities = [0.85, 0.7, 0.5, 0.3, 0.15];
const maxBytes = 20_000;

/** The best JPEG that fits. @throws TypeError when the browser makes none */
export async function encodeJpeg(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (blob?.type === 'image/jpeg' && blob.size <= maxBytes) return new Uint8Array(await blob.arrayBuffer());
  }
  throw new TypeError('no JPEG that fits');
}
