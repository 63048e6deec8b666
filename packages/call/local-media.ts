import type { DeviceState, Readiness } from '@sprechzimmer/protocol/consultation.ts';
import { Listeners } from './listeners.ts';
import type { OutgoingTracks } from './media-path.ts';

type Kind = 'camera' | 'microphone';

/** On a phone: the camera that looks at the person, or the one that looks at what they look at. */
export type Facing = 'user' | 'environment';

/** Another picture made out of the camera's; the camera's own then goes nowhere. Ends by itself when its maker fails. */
export type FilteredPicture = { track: MediaStreamTrack; stop(): void };
export type PictureFilter = (camera: MediaStreamTrack) => Promise<FilteredPicture>;

const microphone: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

function camera(facingMode: ConstrainDOMString): MediaStreamConstraints {
  return { video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode } };
}

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
  #facing: Facing = 'user';
  /** The camera itself. With a filter, what `stream` carries is another track. */
  #camera: MediaStreamTrack | undefined;
  #filter: PictureFilter | undefined;
  #filtered: FilteredPicture | undefined;

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

  /** The camera itself, for what it can do and where it looks; its picture is in `tracks`. */
  get camera(): MediaStreamTrack | undefined {
    return this.#camera;
  }

  get facing(): Facing {
    return this.#facing;
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
        await this.#adopt(await ask({ ...microphone, ...camera(this.#facing) }));
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
    this.#closeCamera();
    this.#states.camera = 'off';
    this.#listeners.notify();
  }

  /** The other camera of a phone. Where it cannot be had, the one before comes back. */
  async setFacing(facing: Facing): Promise<void> {
    const before = this.#facing;
    const switches = ++this.#cameraSwitches;
    const stillWanted = () => switches === this.#cameraSwitches;
    // Many phones cannot open two cameras at once.
    this.#closeCamera();
    this.#facing = facing;
    await this.#startOne('camera', stillWanted, { exact: facing });
    if (this.#states.camera === 'on' || !stillWanted()) return;
    this.#facing = before;
    await this.#startOne('camera', stillWanted);
  }

  /**
   * From now on the camera's picture leaves only through this. One that is there already is exchanged once the other is
   * ready; a camera that is switched on later stays dark until then. undefined: as it is.
   * @throws what the filter throws; then nothing has changed
   */
  async setFilter(filter: PictureFilter | undefined): Promise<void> {
    const raw = this.#camera;
    const filtered = filter && raw && this.#states.camera === 'on' ? await filter(raw) : undefined;
    this.#filter = filter;
    if (raw !== this.#camera || this.#states.camera !== 'on') {
      filtered?.stop();
      return;
    }
    this.#showPicture(filtered);
    this.#listeners.notify();
  }

  stop(): void {
    this.#stopped = true;
    this.#cameraSwitches++;
    this.#closeCamera();
    const { audio } = this.tracks;
    if (audio) this.#remove(audio);
    this.#states.camera = 'off';
    this.#states.microphone = 'off';
    this.setScreen(undefined);
  }

  async #startOne(
    kind: Kind,
    stillWanted = () => true,
    facing: ConstrainDOMString = this.#facing,
  ): Promise<void> {
    try {
      const stream = await ask(kind === 'camera' ? camera(facing) : microphone);
      if (stillWanted()) await this.#adopt(stream, stillWanted);
      else stopAll(stream);
    } catch (error) {
      if (!stillWanted()) return;
      this.#states[kind] = stateFor(error);
      this.#listeners.notify();
    }
  }

  async #adopt(stream: MediaStream, stillWanted = () => true): Promise<void> {
    if (this.#stopped) {
      stopAll(stream);
      return;
    }
    const [audio] = stream.getAudioTracks();
    if (audio) {
      if (this.tracks.audio) this.#remove(this.tracks.audio);
      this.stream.addTrack(audio);
      this.#came('microphone', audio);
    }
    const [video] = stream.getVideoTracks();
    if (video) await this.#adoptCamera(video, stillWanted);
  }

  async #adoptCamera(raw: MediaStreamTrack, stillWanted: () => boolean): Promise<void> {
    this.#closeCamera();
    this.#camera = raw;
    const filtered = await this.#applyFilter(raw);
    const here = raw === this.#camera && stillWanted();
    if (!here || filtered === 'failed') {
      if (filtered !== 'failed') filtered?.stop();
      raw.stop();
      if (!here) return;
      // Without its filter the picture stays here; who made the filter says why.
      this.#camera = undefined;
      this.#states.camera = 'off';
      this.#listeners.notify();
      return;
    }
    this.#showPicture(filtered);
    this.#came('camera', raw);
  }

  async #applyFilter(raw: MediaStreamTrack): Promise<FilteredPicture | 'failed' | undefined> {
    for (;;) {
      const filter = this.#filter;
      const filtered = await filter?.(raw).catch(() => 'failed' as const);
      if (filter === this.#filter) return filtered;
      // Another was chosen meanwhile.
      if (filtered !== 'failed') filtered?.stop();
    }
  }

  #came(kind: Kind, track: MediaStreamTrack): void {
    this.#states[kind] = 'on';
    track.addEventListener('ended', () => this.#lost(kind, track));
    this.#listeners.notify();
  }

  /** Makes the stream carry the camera's picture, or the other that was made out of it. */
  #showPicture(filtered: FilteredPicture | undefined): void {
    const before = this.#filtered;
    this.#filtered = filtered;
    for (const track of this.stream.getVideoTracks()) this.stream.removeTrack(track);
    const track = filtered?.track ?? this.#camera;
    if (track) this.stream.addTrack(track);
    before?.stop();
    filtered?.track.addEventListener('ended', () => filtered === this.#filtered && this.setCamera(false));
  }

  #closeCamera(): void {
    const camera = this.#camera;
    this.#camera = undefined;
    this.#showPicture(undefined);
    camera?.stop();
  }

  /** Unplugged, or the permission was taken back. */
  #lost(kind: Kind, track: MediaStreamTrack): void {
    if (kind === 'camera') {
      if (track !== this.#camera) return;
      this.#closeCamera();
    } else {
      if (track !== this.tracks.audio) return;
      this.stream.removeTrack(track);
    }
    this.#states[kind] = 'missing';
    this.#listeners.notify();
  }

  #remove(track: MediaStreamTrack): void {
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
