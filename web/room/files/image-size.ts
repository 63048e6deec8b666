type Size = { width: number; height: number };

/** How much of a file `readImageSize` needs to see; cameras put previews and places before the size. */
export const imageHeadBytes = 512 * 1024;

/**
 * Reads the size of a picture from its first bytes, without decoding anything.
 * @returns undefined for whatever is no PNG, JPEG, GIF or WebP
 */
export function readImageSize(head: Uint8Array<ArrayBuffer>): Size | undefined {
  try {
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const at = (offset: number, text: string) =>
      Array.from(text).every((character, index) => view.getUint8(offset + index) === character.charCodeAt(0));
    if (at(0, '\u0089PNG\r\n\u001a\n') && at(12, 'IHDR'))
      return { width: view.getUint32(16), height: view.getUint32(20) };
    if (at(0, 'GIF8')) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (at(0, 'RIFF') && at(8, 'WEBP')) return readWebp(view, at);
    return view.getUint16(0) === 0xffd8 ? readJpeg(view) : undefined;
  } catch {
    return undefined; // Ends before its size.
  }
}

function readWebp(view: DataView, at: (offset: number, text: string) => boolean): Size | undefined {
  const uint24 = (offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
  if (at(12, 'VP8X')) return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (at(12, 'VP8 '))
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (!at(12, 'VP8L')) return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

/** Goes from segment to segment to the one that begins a frame. */
function readJpeg(view: DataView): Size | undefined {
  for (let offset = 2; ;) {
    if (view.getUint8(offset) !== 0xff) return undefined;
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) };
    const length = view.getUint16(offset + 2);
    if (length < 2 || marker === 0xda) return undefined;
    offset += 2 + length;
  }
}
