import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openPerson } from '../e2e/support/browsers.ts';

/**
 * Which codec carries a face best on a weak line, and what it costs: `node bench/codecs.ts`. Two ends in one page; the
 * picture has its own number in it, so that what arrives is compared with what was drawn. Times are the encoder's own and
 * only comparable within one run. Figures: docs/quality.md.
 */
type Measured = {
  codec: string;
  kbps: number;
  sentKbps: number;
  encodeMs: number;
  decodeMs: number;
  psnr: number;
};

const codecs = ['VP8', 'VP9', 'H264', 'AV1'];
const rates = [100, 400];

const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>codecs</title>');
}).listen(0);
const { port } = server.address() as AddressInfo;
const person = await openPerson({ devices: [] });
try {
  await person.page.goto(`http://localhost:${port}/`);
  for (const kbps of rates) {
    for (const codec of codecs) {
      const { sentKbps, encodeMs, decodeMs, psnr } = await person.page.evaluate(measureOne, { codec, kbps });
      const figures = [
        `${sentKbps.toFixed(0)} kbit/s sent`,
        `${encodeMs.toFixed(2)} ms to encode`,
        `${decodeMs.toFixed(2)} ms to decode`,
        `${psnr.toFixed(2)} dB`,
      ];
      console.log(`${String(kbps).padStart(4)} kbit/s  ${codec.padEnd(5)} ${figures.join('  ')}`);
    }
  }
} finally {
  await person.close();
  server.close();
}

/** Runs in the page. */
async function measureOne({
  codec,
  kbps,
}: {
  codec: string;
  kbps: number;
}): Promise<Omit<Measured, 'codec' | 'kbps'>> {
  const [width, height, bits] = [640, 360, 12];
  const random = (() => {
    let seed = 7;
    return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  })();
  const canvasOf = (w: number, h: number) =>
    Object.assign(document.createElement('canvas'), { width: w, height: h });
  const draw2d = (canvas: HTMLCanvasElement) => canvas.getContext('2d', { willReadFrequently: true })!;
  const wall = canvasOf(width, height);
  const skin = canvasOf(160, 220);
  for (const [canvas, hue, dots] of [
    [wall, 30, 900],
    [skin, 20, 500],
  ] as const) {
    const paint = draw2d(canvas);
    paint.fillStyle = `hsl(${hue} 30% 55%)`;
    paint.fillRect(0, 0, canvas.width, canvas.height);
    for (let dot = 0; dot < dots; dot++) {
      paint.fillStyle = `hsl(${hue + random() * 40} ${20 + random() * 40}% ${30 + random() * 50}% / 0.4)`;
      const size = 2 + random() * (canvas === wall ? 40 : 9);
      paint.fillRect(random() * canvas.width, random() * canvas.height, size, size * (0.3 + random()));
    }
  }
  /** A head before a wall that sways and speaks; its number as a row of squares on top. */
  const draw = (paint: CanvasRenderingContext2D, n: number) => {
    paint.drawImage(wall, 0, 0);
    const [x, y] = [250 + 24 * Math.sin(n / 17), 80 + 10 * Math.sin(n / 11)];
    paint.save();
    paint.beginPath();
    paint.ellipse(x + 80, y + 110, 78, 108, 0.06 * Math.sin(n / 23), 0, 7);
    paint.clip();
    paint.drawImage(skin, x, y);
    paint.fillStyle = '#402020';
    paint.fillRect(x + 50, y + 150, 60, 4 + 12 * Math.abs(Math.sin(n / 4)));
    paint.fillRect(x + 40, y + 80, 18, n % 90 < 4 ? 2 : 8);
    paint.fillRect(x + 100, y + 80, 18, n % 90 < 4 ? 2 : 8);
    paint.restore();
    for (let bit = 0; bit < bits; bit++) {
      paint.fillStyle = (n >> bit) & 1 ? '#fff' : '#000';
      paint.fillRect(bit * 32, 0, 32, 32);
    }
  };
  const source = canvasOf(width, height);
  const paint = draw2d(source);
  let drawn = 0;
  const drawing = setInterval(() => draw(paint, ++drawn % 4_096), 33);
  const track = source.captureStream(30).getVideoTracks()[0]!;
  const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
  a.onicecandidate = ({ candidate }) => candidate && void b.addIceCandidate(candidate);
  b.onicecandidate = ({ candidate }) => candidate && void a.addIceCandidate(candidate);
  const { sender } = a.addTransceiver(track, { direction: 'sendonly' });
  const all = RTCRtpReceiver.getCapabilities('video')!.codecs;
  const wanted = all.filter(({ mimeType }) => mimeType === `video/${codec}` || mimeType === 'video/rtx');
  a.getTransceivers()[0]!.setCodecPreferences(wanted);
  await a.setLocalDescription();
  await b.setRemoteDescription(a.localDescription!);
  await b.setLocalDescription();
  await a.setRemoteDescription(b.localDescription!);
  const parameters = sender.getParameters();
  parameters.degradationPreference = 'maintain-resolution';
  for (const encoding of parameters.encodings) encoding.maxBitrate = kbps * 1_000;
  await sender.setParameters(parameters);
  const video = document.createElement('video');
  Object.assign(video, { muted: true, srcObject: new MediaStream([b.getReceivers()[0]!.track]) });
  document.body.append(video);
  await video.play();
  const statsOf = async () => {
    const reports = [...(await a.getStats()).values(), ...(await b.getStats()).values()];
    const report = (type: string) => reports.find((one) => one.type === type && one.kind === 'video');
    return { out: report('outbound-rtp'), in: report('inbound-rtp'), atMs: performance.now() };
  };
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  const before = await statsOf();
  const [seen, should] = [draw2d(canvasOf(width, height)), draw2d(canvasOf(width, height))];
  const ratios: number[] = [];
  const until = performance.now() + 6_000;
  while (performance.now() < until) {
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    seen.drawImage(video, 0, 0, width, height);
    const got = seen.getImageData(0, 0, width, height).data;
    let n = 0;
    for (let bit = 0; bit < bits; bit++) if (got[(16 * width + bit * 32 + 16) * 4]! > 127) n |= 1 << bit;
    draw(should, n);
    const expected = should.getImageData(0, 0, width, height).data;
    let squares = 0;
    for (let i = 32 * width * 4 + 1; i < got.length; i += 4) squares += (got[i]! - expected[i]!) ** 2;
    ratios.push(10 * Math.log10(255 ** 2 / (squares / (width * (height - 32)))));
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
  const after = await statsOf();
  clearInterval(drawing);
  a.close();
  b.close();
  video.remove();
  const grown = (which: 'out' | 'in', member: string) => after[which][member] - before[which][member];
  return {
    sentKbps: (grown('out', 'bytesSent') * 8) / (after.atMs - before.atMs),
    encodeMs: (grown('out', 'totalEncodeTime') / grown('out', 'framesEncoded')) * 1_000,
    decodeMs: (grown('in', 'totalDecodeTime') / grown('in', 'framesDecoded')) * 1_000,
    psnr: ratios.toSorted((x, y) => x - y)[Math.floor(ratios.length / 2)] ?? 0,
  };
}
