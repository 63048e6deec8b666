import type { Segmenter } from './segmenter.ts';

/** The room is drawn this much smaller and blurred there: cheap, and nothing can be read in it. */
const roomScale = 1 / 8;
const blurPx = 5;
/** Of the mask, which is much smaller than the picture. */
const softEdgePx = 1;
/** A person moves little from one frame to the next, so each mask serves for two. */
const framesPerMask = 2;

/** Draws the camera's picture with a blurred room. */
export function openPainter(segmenter: Segmenter) {
  const small = canvas(segmenter.width, segmenter.height, { willReadFrequently: true });
  const mask = canvas(segmenter.width, segmenter.height);
  mask.globalCompositeOperation = 'copy';
  mask.filter = `blur(${softEdgePx}px)`;
  const blurred = canvas(1, 1);
  const person = canvas(1, 1);
  const picture = canvas(1, 1, { alpha: false });
  let frames = 0;

  function resize(width: number, height: number) {
    if (picture.canvas.width === width && picture.canvas.height === height) return;
    for (const { canvas: one } of [picture, person]) [one.width, one.height] = [width, height];
    blurred.canvas.width = Math.max(1, Math.round(width * roomScale));
    blurred.canvas.height = Math.max(1, Math.round(height * roomScale));
    frames = 0;
  }

  return {
    /** @param size of the camera's picture, in each direction */
    paint(frame: VideoFrame, size: number): OffscreenCanvas {
      const [width, height] = [even(frame.displayWidth * size), even(frame.displayHeight * size)];
      resize(width, height);
      if (frames++ % framesPerMask === 0) {
        small.globalCompositeOperation = 'copy';
        small.drawImage(frame, 0, 0, segmenter.width, segmenter.height);
        const pixels = small.getImageData(0, 0, segmenter.width, segmenter.height);
        segmenter.mask(pixels);
        small.putImageData(pixels, 0, 0);
        mask.drawImage(small.canvas, 0, 0);
      }
      drawBlurred(blurred, frame);
      cut(person, mask.canvas, frame);
      picture.drawImage(blurred.canvas, 0, 0, width, height);
      picture.drawImage(person.canvas, 0, 0);
      return picture.canvas;
    },
  };
}

function drawBlurred(context: OffscreenCanvasRenderingContext2D, frame: VideoFrame): void {
  const { width, height } = context.canvas;
  context.filter = `blur(${blurPx}px)`;
  // Beyond the edges: there the blur would be transparent.
  const edge = 3 * blurPx;
  context.drawImage(frame, -edge, -edge, width + 2 * edge, height + 2 * edge);
}

function cut(context: OffscreenCanvasRenderingContext2D, mask: OffscreenCanvas, frame: VideoFrame): void {
  const { width, height } = context.canvas;
  context.globalCompositeOperation = 'copy';
  context.drawImage(mask, 0, 0, width, height);
  context.globalCompositeOperation = 'source-in';
  context.drawImage(frame, 0, 0, width, height);
}

function canvas(width: number, height: number, settings?: CanvasRenderingContext2DSettings) {
  const context = new OffscreenCanvas(width, height).getContext('2d', settings);
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'medium';
  return context;
}

/** Video codecs want even sides. */
function even(side: number): number {
  return Math.max(2, Math.round(side / 2) * 2);
}
