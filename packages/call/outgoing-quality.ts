import type { PathHealth, PathSample } from './path-health.ts';
import {
  encodingOf,
  firstPicture,
  nextPicture,
  type PictureLimits,
  type PictureState,
  soundBitrateOf,
} from './picture-care.ts';
import { isThrifty, learnBattery } from './thrift.ts';

type Senders = { sound: RTCRtpSender; camera: RTCRtpSender; screen: RTCRtpSender };

/** All paths of this page that send a picture share its machine and its line. */
const sending = new Set<OutgoingQuality>();

/** Fits what one end sends to what the line and the machine carry. */
export class OutgoingQuality {
  readonly #senders: () => Senders | undefined;
  #state: PictureState = firstPicture(0);
  #applied = '';
  #queue: Promise<void> = Promise.resolve();

  constructor(senders: () => Senders | undefined) {
    this.#senders = senders;
  }

  /** The camera is on, and its picture waits for a better line. */
  get isHeldBack(): boolean {
    return this.#state.kind !== 'sent' && this.#senders()?.camera.track !== null;
  }

  /** Before the first picture leaves. */
  prepare(): void {
    void learnBattery();
    this.#state = firstPicture(Date.now());
    this.#apply();
  }

  stop(): void {
    sending.delete(this);
  }

  /** Each second. */
  look(sample: PathSample, health: PathHealth): void {
    sending.add(this);
    const senders = this.#senders();
    // Without a connection nothing is learned about the line, and without a picture nothing about what it takes.
    if (!senders?.camera.track || health.quality === 'lost') return;
    const limits: PictureLimits = {
      thrifty: isThrifty(),
      others: sending.size,
      screen: senders.screen.track !== null,
    };
    this.#state = nextPicture(
      this.#state,
      {
        atMs: sample.atMs,
        availableBps: sample.availableOutgoingBps,
        lossShare: sample.outgoingLoss.sound ?? 0,
        rttMs: sample.rttMs,
        cpuLimited: sample.cpuLimited,
      },
      limits,
    );
    this.#apply();
  }

  #apply(): void {
    const senders = this.#senders();
    if (!senders) return;
    const { width, height } = senders.camera.track?.getSettings() ?? {};
    const lines = width && height ? Math.min(width, height) : undefined;
    const camera = encodingOf(this.#state, lines);
    const sound = {
      maxBitrate: soundBitrateOf(this.#state),
      priority: 'high',
      networkPriority: 'high',
    } as const;
    const wanted = JSON.stringify([camera, sound]);
    if (wanted === this.#applied) return;
    this.#applied = wanted;
    this.#queue = this.#queue
      .then(() => setEncoding(senders.sound, sound))
      .then(() => setEncoding(senders.camera, camera, 'maintain-framerate'))
      // A description that came between: the next look tries again. What a browser never takes it does in its own way.
      .catch(() => void (this.#applied = ''));
  }
}

async function setEncoding(
  sender: RTCRtpSender,
  encoding: RTCRtpEncodingParameters,
  degradationPreference?: RTCDegradationPreference,
): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings.length === 0) return;
  for (const one of parameters.encodings) Object.assign(one, encoding);
  if (degradationPreference) parameters.degradationPreference = degradationPreference;
  await sender.setParameters(parameters);
}
