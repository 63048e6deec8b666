import { imageHeadBytes, readImageSize } from './image-size.ts';

const maxThumbnailSourceBytes = 40 * 1024 * 1024;
/** Decoded, four bytes each: whatever announces more is not decoded. */
const maxThumbnailPixels = 40_000_000;
const thumbnailSide = 1_280;
const [thumbnailQuality, photoQuality] = [0.8, 0.92];
/** The largest canvas of older iPhones. */
const smallestMaxPixels = 16_777_216;

/**
 * A small picture of a picture, drawn anew: nothing of the file itself is ever shown.
 * @returns undefined for what is none, for what is too large to be decoded without risk, and for SVG in any case
 */
export async function makeThumbnail(file: Blob): Promise<Blob | undefined> {
  if (file.size > maxThumbnailSourceBytes) return undefined;
  const size = readImageSize(new Uint8Array(await file.slice(0, imageHeadBytes).arrayBuffer()));
  if (!size || size.width < 1 || size.height < 1 || size.width * size.height > maxThumbnailPixels)
    return undefined;
  try {
    const decoded = await createImageBitmap(file);
    return await draw(
      decoded,
      Math.min(1, thumbnailSide / Math.max(decoded.width, decoded.height)),
      thumbnailQuality,
    );
  } catch {
    return undefined;
  }
}

/**
 * A photo as it may leave the device: in full resolution, and drawn anew, so that neither the place where it was taken nor
 * anything else that cameras write into their files goes along.
 * @throws Error when it is no picture that this browser can read
 */
export async function cleanPhoto(taken: Blob | ImageBitmap): Promise<Blob> {
  const decoded = taken instanceof Blob ? await createImageBitmap(taken) : taken;
  const { width, height } = decoded;
  const scales = [1, Math.min(1, Math.sqrt(smallestMaxPixels / (width * height)))];
  for (const scale of scales) {
    const photo = await draw(decoded, scale, photoQuality, scale !== scales.at(-1));
    if (photo) return photo;
  }
  throw new Error('no picture');
}

/** @returns undefined when this browser cannot hold so large a picture */
async function draw(
  decoded: ImageBitmap,
  scale: number,
  quality: number,
  again = false,
): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(decoded.width * scale));
  canvas.height = Math.max(1, Math.round(decoded.height * scale));
  const context = canvas.getContext('2d');
  // JPEG knows no transparency.
  if (context) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(decoded, 0, 0, canvas.width, canvas.height);
  }
  if (!again) decoded.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  canvas.width = 0;
  return context && blob && blob.size > 0 ? blob : undefined;
}

type Camera = { takePhoto(): Promise<Blob> };
declare const ImageCapture: (new (track: MediaStreamTrack) => Camera) | undefined;

/** A photo with the camera that is on: as large as it can, or else as large as its picture. */
export async function takePhoto(track: MediaStreamTrack): Promise<Blob> {
  if (typeof ImageCapture === 'function') {
    try {
      return await cleanPhoto(await new ImageCapture(track).takePhoto());
    } catch {
      // Some cameras, and all drivers that filter a picture, give no photos.
    }
  }
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  try {
    await video.play();
    return await cleanPhoto(await createImageBitmap(video));
  } finally {
    video.srcObject = null;
  }
}
