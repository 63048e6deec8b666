import { keepPace } from './pace.ts';
import { openPainter } from './painter.ts';
import { loadSegmenter } from './segmenter.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/**
 * Beside the page, so that neither stops for the other. What comes in is the camera's picture; what goes out is only what
 * was painted here.
 */
let reader: ReadableStreamDefaultReader<VideoFrame> | undefined;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') void start(data.readable, data.writable);
  else void reader?.cancel();
});

async function start(readable: ReadableStream<VideoFrame>, writable: WritableStream<VideoFrame>) {
  reader = readable.getReader();
  const writer = writable.getWriter();
  try {
    await blur(reader, writer);
  } catch {
    say('failed');
  }
  await Promise.allSettled([reader.cancel(), writer.close()]);
  close();
}

async function blur(
  frames: ReadableStreamDefaultReader<VideoFrame>,
  painted: WritableStreamDefaultWriter<VideoFrame>,
): Promise<void> {
  const painter = openPainter(await loadSegmenter());
  const pace = keepPace();
  let ready = false;
  for (;;) {
    const { value: frame, done } = await frames.read();
    if (done) {
      say('over');
      return;
    }
    const began = performance.now();
    let picture: VideoFrame;
    try {
      picture = new VideoFrame(painter.paint(frame, pace.size), {
        timestamp: frame.timestamp,
        alpha: 'discard',
      });
    } finally {
      frame.close();
    }
    const verdict = pace.add(performance.now() - began);
    if (verdict === 'too-slow') {
      picture.close();
      say('too-slow');
      return;
    }
    if (verdict === 'good' && !ready) {
      ready = true;
      say('ready');
    }
    if (ready) await painted.write(picture);
    else picture.close();
  }
}

function say(kind: FromWorker['kind']): void {
  postMessage({ kind } satisfies FromWorker);
}
