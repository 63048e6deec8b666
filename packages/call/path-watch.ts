import { healthAfter, type PathHealth, readSample, type StatsReport, type Watched } from './path-health.ts';

const lookEveryMs = 1_000;

/** Looks at a path once a second, for as long as somebody talks over it. */
export class PathWatch {
  readonly #connection: RTCPeerConnection;
  readonly #onLook: () => void;
  #watched: Watched | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(connection: RTCPeerConnection, onLook: () => void) {
    this.#connection = connection;
    this.#onLook = onLook;
  }

  get health(): PathHealth | undefined {
    return this.#watched?.health;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#look(), lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#watched = undefined;
  }

  async #look(): Promise<void> {
    const timer = this.#timer;
    const stats = await this.#connection.getStats();
    if (timer === undefined || this.#timer !== timer) return;
    const reports = [...stats.values()] as StatsReport[];
    // The clock of the day: the other one stands still while a machine sleeps.
    const cameraMid = this.#connection.getTransceivers()[1]?.mid ?? null;
    const isConnected = this.#connection.connectionState === 'connected';
    this.#watched = healthAfter(this.#watched, readSample(reports, Date.now(), cameraMid), isConnected);
    this.#onLook();
  }
}
