import type { DeviceState, Readiness } from '@sprechzimmer/protocol/consultation.ts';
import {
  ask,
  camera,
  type CameraChoice,
  type ChosenDevices,
  type DeviceKind,
  type Facing,
  microphone,
  openDevice,
  stateFor,
  type Strength,
} from './device-choice.ts';
import { Listeners } from './listeners.ts';
import type { OutgoingTracks } from './media-path.ts';

/** What a page finds out beside the devices' own states. */
type Facts = Omit<Readiness, DeviceKind>;

/** Another picture made out of the camera's; the camera's own then goes nowhere. Ends by itself when its maker fails. */
export type FilteredPicture = { track: MediaStreamTrack; stop(): void };
export type PictureFilter = (camera: MediaStreamTrack) => Promise<FilteredPicture>;

/**
 * Camera and microphone of this page. Each is asked for by itself where both together fail, so that one that is missing
 * or in use elsewhere never costs the other. A camera that is switched off is let go: its light goes out.
 */
export class LocalMedia {
  /** The own preview; tracks come and go. */
  readonly stream = new MediaStream();
  readonly #listeners = new Listeners();
  readonly #states: Record<DeviceKind, DeviceState> = { camera: 'off', microphone: 'off' };
  /** Counts switches of the camera, so that a slow answer to an older one is thrown away. */
  #cameraSwitches = 0;
  #stopped = false;
  /** What the person wants, also of the next microphone: one that is exchanged for another never speaks up by itself. */
  #muted = false;
  /** What the person wants, or who may show no picture: only they switch it on again. */
  #cameraIsOff = false;
  #screen: MediaStream | undefined;
  #microphone: string | undefined;
  #choice: CameraChoice;
  #facts: Facts = {};
  /** The camera itself. With a filter, what `stream` carries is another track. */
  #camera: MediaStreamTrack | undefined;
  #filter: PictureFilter | undefined;
  #filtered: FilteredPicture | undefined;
  /** What is being made for the camera is wanted no more; nobody waits for it. */
  #giveUp = () => {};

  constructor(chosen: ChosenDevices = {}) {
    this.#microphone = chosen.microphone;
    this.#choice = { facing: 'user', deviceId: chosen.camera };
  }

  get readiness(): Readiness {
    return { ...this.#states, ...this.#facts };
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

  /** Which ones were asked for by name. */
  get chosen(): ChosenDevices {
    return { camera: this.#choice.deviceId, microphone: this.#microphone };
  }

  /** What is shared beside the camera. */
  get screen(): MediaStream | undefined {
    return this.#screen;
  }

  get facing(): Facing {
    return this.#choice.facing;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Asks for whatever is not there yet and not switched off. Never rejects: what came of it is in `readiness`. */
  async start(): Promise<void> {
    this.#stopped = false;
    if (!this.tracks.audio && !this.#camera && !this.#cameraIsOff) {
      try {
        await this.#adopt(await ask({ ...microphone(this.#microphone), ...camera(this.#choice) }));
        return;
      } catch {
        // Which of the two it was, and why, only asking for each tells.
      }
    }
    // One after the other: two permission questions at once confuse, and Firefox shows only one.
    if (!this.tracks.audio) await this.#startOne('microphone');
    if (!this.#camera) await this.#startOne('camera');
  }

  /** What is shared beside the camera; undefined ends it. */
  setScreen(screen: MediaStream | undefined): void {
    if (this.#screen === screen) return;
    if (this.#screen) stopAll(this.#screen);
    this.#screen = screen;
    this.#listeners.notify();
  }

  setMicrophone(on: boolean): void {
    this.#muted = !on;
    const { audio } = this.tracks;
    if (!audio) return;
    audio.enabled = on;
    this.#states.microphone = on ? 'on' : 'off';
    this.#listeners.notify();
  }

  setCamera(on: boolean): void {
    this.#cameraIsOff = !on;
    const switches = ++this.#cameraSwitches;
    if (on) {
      void this.#startOne('camera', () => switches === this.#cameraSwitches);
      return;
    }
    this.#closeCamera();
    this.#states.camera = 'off';
    this.#listeners.notify();
  }

  /** For the other side's eyes, such as a line that is weak. */
  note(facts: Facts): void {
    const next = { ...this.#facts, ...facts };
    if (JSON.stringify(next) === JSON.stringify(this.#facts)) return;
    this.#facts = next;
    this.#listeners.notify();
  }

  /** The other camera of a phone. Where it cannot be had, the one before comes back; a camera that is off stays off. */
  async setFacing(facing: Facing): Promise<void> {
    await this.#exchangeCamera({ facing });
  }

  /** That one from now on. Where it cannot be had, the one before comes back; a camera that is off stays off. */
  async useCamera(deviceId: string): Promise<void> {
    await this.#exchangeCamera({ facing: 'user', deviceId });
  }

  /** That one from now on. Where it cannot be had, nothing changes; one that is off stays off. */
  async useMicrophone(deviceId: string): Promise<void> {
    const before = this.#microphone;
    this.#microphone = deviceId;
    const isOff = this.#states.microphone === 'off';
    try {
      const stream = await ask(microphone(deviceId));
      for (const track of stream.getTracks()) track.enabled = !isOff;
      if (this.#microphone === deviceId) await this.#adopt(stream);
      else stopAll(stream);
    } catch {
      if (this.#microphone === deviceId) this.#microphone = before;
    }
  }

  async #exchangeCamera(choice: CameraChoice): Promise<void> {
    const before = this.#choice;
    if (this.#states.camera === 'off' && !this.#camera) {
      this.#choice = choice;
      this.#listeners.notify();
      return;
    }
    const switches = ++this.#cameraSwitches;
    const stillWanted = () => switches === this.#cameraSwitches;
    // Many phones cannot open two cameras at once.
    this.#closeCamera();
    this.#choice = choice;
    await this.#startOne('camera', stillWanted, 'exact');
    if (this.#states.camera === 'on' || !stillWanted()) return;
    this.#choice = before;
    await this.#startOne('camera', stillWanted);
  }

  /**
   * From now on the camera's picture leaves only through this. One that is there already is exchanged once the other is
   * ready; a camera that is switched on later stays dark until then. undefined: as it is.
   * @throws what the filter throws; then nothing has changed
   */
  async setFilter(filter: PictureFilter | undefined): Promise<void> {
    const before = this.#filter;
    // At once: the next camera may come before this one's picture is ready.
    this.#filter = filter;
    try {
      if (this.#camera) await this.#develop(this.#camera);
    } catch (error) {
      this.#filter = before;
      throw error;
    }
  }

  /** Takes it up anew, as it was: the system has halted it. */
  async renew(kind: DeviceKind): Promise<void> {
    const switches = ++this.#cameraSwitches;
    if (kind === 'camera') this.#closeCamera();
    else if (this.tracks.audio) this.#remove(this.tracks.audio);
    await this.#startOne(kind, () => kind === 'microphone' || switches === this.#cameraSwitches);
  }

  stop(): void {
    this.#stopped = true;
    this.#muted = false;
    this.#cameraIsOff = false;
    this.#cameraSwitches++;
    this.#closeCamera();
    const { audio } = this.tracks;
    if (audio) this.#remove(audio);
    this.#states.camera = 'off';
    this.#states.microphone = 'off';
    this.setScreen(undefined);
    this.#listeners.notify();
  }

  async #startOne(kind: DeviceKind, stillWanted = () => true, strength: Strength = 'ideal'): Promise<void> {
    const isWanted = () => !this.#stopped && !(kind === 'camera' && this.#cameraIsOff) && stillWanted();
    if (!isWanted()) return;
    try {
      const choice = { camera: this.#choice, microphone: this.#microphone };
      const stream = await openDevice(kind, choice, strength);
      if (isWanted()) await this.#adopt(stream);
      else stopAll(stream);
    } catch (error) {
      if (!isWanted()) return;
      this.#states[kind] = stateFor(error);
      this.#listeners.notify();
    }
  }

  async #adopt(stream: MediaStream): Promise<void> {
    if (this.#stopped) {
      stopAll(stream);
      return;
    }
    const [audio] = stream.getAudioTracks();
    if (audio) {
      if (this.tracks.audio) this.#remove(this.tracks.audio);
      if (this.#muted) audio.enabled = false;
      this.stream.addTrack(audio);
      audio.addEventListener('ended', () => this.#lost('microphone', audio));
      this.#states.microphone = audio.enabled ? 'on' : 'off';
      this.#listeners.notify();
    }
    const [video] = stream.getVideoTracks();
    if (!video) return;
    if (this.#cameraIsOff) {
      video.stop();
      return;
    }
    this.#closeCamera();
    this.#camera = video;
    video.addEventListener('ended', () => this.#lost('camera', video));
    await this.#develop(video);
  }

  /** Shows the camera's picture as the filter makes it. What is shown before stays until then. */
  async #develop(raw: MediaStreamTrack): Promise<void> {
    this.#giveUp();
    let isWanted = true;
    const givenUp = new Promise<void>((resolve) => {
      this.#giveUp = () => {
        isWanted = false;
        resolve();
      };
    });
    const show = (filtered?: FilteredPicture) => {
      if (!isWanted) {
        filtered?.stop();
        return;
      }
      this.#showPicture(filtered);
      this.#states.camera = 'on';
      this.#listeners.notify();
    };
    const fail = (error: unknown) => {
      // That it ended is told by itself.
      if (!isWanted || raw.readyState === 'ended') return;
      if (this.tracks.video) throw error;
      // Without its filter the picture stays here; who made the filter says why.
      this.setCamera(false);
    };
    await Promise.race([givenUp, this.#filter ? this.#filter(raw).then(show, fail) : show()]);
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
    this.#giveUp();
    this.#camera = undefined;
    this.#showPicture(undefined);
    camera?.stop();
  }

  /** Unplugged, or the permission was taken back. */
  #lost(kind: DeviceKind, track: MediaStreamTrack): void {
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

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
