import type { DeviceState, Readiness } from '@sprechzimmer/protocol/consultation.ts';
import { Listeners } from './listeners.ts';
import type { OutgoingTracks } from './media-path.ts';

type Kind = 'camera' | 'microphone';

const constraints = {
  camera: { video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' } },
  microphone: { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
} as const satisfies Record<Kind, MediaStreamConstraints>;

/**
 * Camera and microphone of this page. Each is asked for by itself where both together fail, so that one that is missing
 * or in use elsewhere never costs the other. A camera that is switched off is let go: its light goes out.
 */
export class LocalMedia {
  /** The own preview; tracks come and go. */
  readonly stream = new MediaStream();
  readonly #listeners = new Listeners();
  readonly #states: Record<Kind, DeviceState> = { camera: 'off', microphone: 'off' };
  /** Counts switches of the camera, so that a slow answer to an older one is thrown away. */
  #cameraSwitches = 0;
  #stopped = false;
  #screen: MediaStream | undefined;

  get readiness(): Readiness {
    return { ...this.#states };
  }

  get tracks(): OutgoingTracks {
    return {
      audio: this.stream.getAudioTracks()[0] ?? null,
      video: this.stream.getVideoTracks()[0] ?? null,
      screen: this.#screen?.getVideoTracks()[0] ?? null,
      screenSound: this.#screen?.getAudioTracks()[0] ?? null,
    };
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Asks for whatever is not there yet. Never rejects: what came of it is in `readiness`. */
  async start(): Promise<void> {
    this.#stopped = false;
    const { audio, video } = this.tracks;
    if (!audio && !video) {
      try {
        this.#adopt(await ask({ ...constraints.camera, ...constraints.microphone }));
        return;
      } catch {
        // Which of the two it was, and why, only asking for each tells.
      }
    }
    // One after the other: two permission questions at once confuse, and Firefox shows only one.
    if (!this.tracks.audio) await this.#startOne('microphone');
    if (!this.tracks.video) await this.#startOne('camera');
  }

  /** What is shared beside the camera; undefined ends it. */
  setScreen(screen: MediaStream | undefined): void {
    if (this.#screen && this.#screen !== screen) stopAll(this.#screen);
    this.#screen = screen;
    this.#listeners.notify();
  }

  setMicrophone(on: boolean): void {
    const { audio } = this.tracks;
    if (!audio) return;
    audio.enabled = on;
    this.#states.microphone = on ? 'on' : 'off';
    this.#listeners.notify();
  }

  setCamera(on: boolean): void {
    const switches = ++this.#cameraSwitches;
    if (on) {
      void this.#startOne('camera', () => switches === this.#cameraSwitches);
      return;
    }
    this.#remove(this.tracks.video);
    this.#states.camera = 'off';
    this.#listeners.notify();
  }

  stop(): void {
    this.#stopped = true;
    this.#cameraSwitches++;
    for (const track of this.stream.getTracks()) this.#remove(track);
    this.#states.camera = 'off';
    this.#states.microphone = 'off';
    this.setScreen(undefined);
  }

  async #startOne(kind: Kind, stillWanted = () => true): Promise<void> {
    try {
      const stream = await ask(constraints[kind]);
      if (stillWanted()) this.#adopt(stream);
      else stopAll(stream);
    } catch (error) {
      this.#states[kind] = stateFor(error);
      this.#listeners.notify();
    }
  }

  #adopt(stream: MediaStream): void {
    if (this.#stopped) {
      stopAll(stream);
      return;
    }
    for (const track of stream.getTracks()) {
      const kind = track.kind === 'audio' ? 'microphone' : 'camera';
      this.#remove(track.kind === 'audio' ? this.tracks.audio : this.tracks.video);
      this.stream.addTrack(track);
      this.#states[kind] = 'on';
      track.addEventListener('ended', () => this.#lost(kind, track));
    }
    this.#listeners.notify();
  }

  /** Unplugged, or the permission was taken back. */
  #lost(kind: Kind, track: MediaStreamTrack): void {
    if (!this.stream.getTracks().includes(track)) return;
    this.stream.removeTrack(track);
    this.#states[kind] = 'missing';
    this.#listeners.notify();
  }

  #remove(track: MediaStreamTrack | null): void {
    if (!track) return;
    this.stream.removeTrack(track);
    track.stop();
  }
}

async function ask(wanted: MediaStreamConstraints): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia(wanted);
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The error names of getUserMedia (W3C Media Capture and Streams, section 10.2), and older browsers' own. */
function stateFor(error: unknown): DeviceState {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'blocked';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'missing';
  }
}
