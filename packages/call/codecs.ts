type Codec = { mimeType: string };

/** By the figures in docs/quality.md. An encoder in hardware comes before all of them: it spares the battery. */
const pictureOrder = ['video/vp9', 'video/vp8', 'video/h264', 'video/av1'];
/** Each packet carries the sound of the one before it as well, so that a lost one is not missed. */
const soundOrder = ['audio/red', 'audio/opus'];

/** Sound of a voice, silent when nobody speaks; in-band correction for browsers that do not repeat it. */
const voice = { usedtx: 1, useinbandfec: 1, stereo: 0, maxaveragebitrate: 40_000 };
/** What a shared screen sounds like is perhaps music. */
const screenSound = { usedtx: 0, useinbandfec: 1, maxaveragebitrate: 64_000 };

/** The preferred ones first; the order among the others stays. */
export function inOrder<C extends Codec>(codecs: C[], order: string[]): C[] {
  const rank = ({ mimeType }: Codec) => {
    const index = order.indexOf(mimeType.toLowerCase());
    return index === -1 ? order.length : index;
  };
  return codecs.toSorted((a, b) => rank(a) - rank(b));
}

/** Before the description that is to offer or accept them. */
export async function preferCodecs(transceivers: RTCRtpTransceiver[]): Promise<void> {
  const h264 = await hasHardwareH264;
  const order = {
    audio: soundOrder,
    video: h264 ? ['video/h264', ...pictureOrder] : pictureOrder,
  };
  for (const transceiver of transceivers) {
    const kind = transceiver.receiver.track.kind === 'audio' ? 'audio' : 'video';
    const codecs = RTCRtpReceiver.getCapabilities?.(kind)?.codecs;
    if (codecs) transceiver.setCodecPreferences?.(inOrder(codecs, order[kind]));
  }
}

const hasHardwareH264 = askForHardware();

async function askForHardware(): Promise<boolean> {
  try {
    const { powerEfficient } = await navigator.mediaCapabilities.encodingInfo({
      type: 'webrtc',
      video: { contentType: 'video/H264', width: 1280, height: 720, bitrate: 1_500_000, framerate: 30 },
    });
    return powerEfficient;
  } catch {
    return false;
  }
}

/**
 * What the other side has said it would like to hear, as Opus is to be sent to it: the first section of sound is a
 * microphone, the second a screen's. Only our own encoder reads it; nobody is told.
 */
export function tuneSound(sdp: string): string {
  let sounds = 0;
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => {
      if (!section.startsWith('m=audio')) return section;
      return withParameters(section, sounds++ === 0 ? voice : screenSound);
    })
    .join('');
}

function withParameters(section: string, parameters: Record<string, number>): string {
  const payload = /^a=rtpmap:(\d+) opus\/48000/im.exec(section)?.[1];
  if (payload === undefined) return section;
  const line = new RegExp(`^a=fmtp:${payload} (.*?)(\r?)$`, 'm');
  const before = line.exec(section)?.[1] ?? '';
  const kept = before.split(';').filter((pair) => pair && !(pair.split('=', 1)[0]!.trim() in parameters));
  const after = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const fmtp = `a=fmtp:${payload} ${[...kept, ...after].join(';')}`;
  if (line.test(section)) return section.replace(line, `${fmtp}$2`);
  return section.replace(/^(a=rtpmap:\d+ opus\/48000.*?)(\r?\n)/im, `$1$2${fmtp}$2`);
}
