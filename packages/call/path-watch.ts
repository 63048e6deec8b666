import { OutgoingQuality } from './outgoing-quality.ts';
import { healthAfter, type PathHealth, readSample, type StatsReport, type Watched } from './path-health.ts';

const lookEveryMs = 1_000;

/**
 * Looks at a path once a second for as long as somebody talks over it, and has what is sent fit it. Made once descriptions are
 * agreed on, before anything is sent.
 */
export class PathWatch {
  readonly #connection: RTCPeerConnection;
  readonly #onLook: () => void;
  readonly #outgoing: OutgoingQuality;
  #watched: Watched | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(connection: RTCPeerConnection, onLook: () => void) {
    this.#connection = connection;
    this.#onLook = onLook;
    this.#outgoing = new OutgoingQuality(() => sendersOf(connection));
    this.#outgoing.prepare();
  }

  get health(): PathHealth | undefined {
    return this.#watched?.health;
  }

  /** The camera is on, and its picture waits for a better line. */
  get isHeldBack(): boolean {
    return this.#outgoing.isHeldBack;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#look(), lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#outgoing.stop();
    this.#watched = undefined;
  }

  async #look(): Promise<void> {
    const timer = this.#timer;
    const stats = await this.#connection.getStats();
    if (timer === undefined || this.#timer !== timer) return;
    const reports = [...stats.values()] as StatsReport[];
    const cameraMid = this.#connection.getTransceivers()[1]?.mid ?? null;
    // The clock of the day: the other one stands still while a machine sleeps.
    const sample = readSample(reports, Date.now(), cameraMid);
    this.#watched = healthAfter(this.#watched, sample, {
      isConnected: this.#connection.connectionState === 'connected',
      heldBack: this.isHeldBack,
    });
    this.#outgoing.look(sample, this.#watched.health);
    this.#onLook();
  }
}

function sendersOf(connection: RTCPeerConnection) {
  const [sound, camera, screen] = connection.getTransceivers().map(({ sender }) => sender);
  return sound && camera && screen && { sound, camera, screen };
}
