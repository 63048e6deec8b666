import type { ChosenDevices } from './device-choice.ts';
import { Listeners } from './listeners.ts';
import type { LocalMedia } from './local-media.ts';
import { onWake } from './wake.ts';

type Device = 'camera' | 'microphone';
type Media = Pick<
  LocalMedia,
  'onChange' | 'readiness' | 'tracks' | 'camera' | 'start' | 'renew' | 'useCamera' | 'useMicrophone'
>;

/** What happened to a device, for the person to know. halted: it is there and silent, and a touch may be needed. */
export type DeviceNote =
  { kind: 'exchanged' | 'returned'; device: Device; label: string } | { kind: 'halted' };

/** Devices stutter when they are plugged or when another program takes them. */
const settleMs = 1_000;
const haltedAfterMs = 2_000;
/** A note on something that is in order again. */
const returnedNoteMs = 8_000;

/**
 * Looks after camera and microphone: one that is unplugged is followed by another of its kind, and comes back when it is
 * there again. One that the system has halted (a telephone call on an iPhone) is taken up again.
 */
export class DeviceCare {
  readonly #media: Media;
  readonly #listeners = new Listeners();
  readonly #stops: (() => void)[] = [];
  readonly #watched = new WeakSet<MediaStreamTrack>();
  /** The one in use before it was unplugged. */
  readonly #missed: ChosenDevices = {};
  readonly #used: ChosenDevices = {};
  #note: DeviceNote | undefined;
  #noteTimer: ReturnType<typeof setTimeout> | undefined;
  #haltTimer: ReturnType<typeof setTimeout> | undefined;
  #plugTimer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;

  /** @param missed what was in use and is gone */
  constructor(media: Media, missed: ChosenDevices) {
    this.#media = media;
    this.#stops.push(media.onChange(() => this.#follow()));
    this.#stops.push(onWake(() => this.#handleWake()));
    const { mediaDevices } = navigator;
    const handlePlug = () => {
      clearTimeout(this.#plugTimer);
      this.#plugTimer = setTimeout(() => void this.#handlePlugged(), settleMs);
    };
    mediaDevices?.addEventListener('devicechange', handlePlug);
    this.#stops.push(() => mediaDevices?.removeEventListener('devicechange', handlePlug));
    Object.assign(this.#used, missed);
    this.#follow();
  }

  get note(): DeviceNote | undefined {
    return this.#note;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Takes both up anew, as after a touch of the person. */
  async renew(): Promise<void> {
    this.#say(undefined);
    await this.#once(async () => {
      const { camera, microphone } = this.#media.readiness;
      if (camera === 'on') await this.#media.renew('camera');
      if (microphone === 'on') await this.#media.renew('microphone');
    });
    this.#watchForHalt();
  }

  /** One-way. */
  close(): void {
    for (const stop of this.#stops) stop();
    for (const timer of [this.#noteTimer, this.#haltTimer, this.#plugTimer]) clearTimeout(timer);
  }

  #follow(): void {
    const { readiness } = this.#media;
    for (const device of ['camera', 'microphone'] as const) {
      const track = this.#trackOf(device);
      if (track) {
        this.#used[device] = track.getSettings().deviceId;
        this.#watch(track);
      } else if (readiness[device] === 'missing' && this.#used[device]) {
        this.#missed[device] = this.#used[device];
        delete this.#used[device];
        void this.#fallBack(device);
      } else if (readiness[device] === 'off') delete this.#used[device];
    }
    this.#watchForHalt();
  }

  #watch(track: MediaStreamTrack): void {
    if (this.#watched.has(track)) return;
    this.#watched.add(track);
    track.addEventListener('mute', () => this.#watchForHalt());
    track.addEventListener('unmute', () => this.#watchForHalt());
  }

  /** Another one of its kind, if there is one. */
  async #fallBack(device: Device): Promise<void> {
    await this.#once(() => this.#media.start());
    const track = this.#trackOf(device);
    if (track) this.#say({ kind: 'exchanged', device, label: track.label });
  }

  async #handlePlugged(): Promise<void> {
    const known = await navigator.mediaDevices.enumerateDevices();
    for (const device of ['camera', 'microphone'] as const) {
      // Switched off meanwhile, or all is over: nothing starts by itself.
      if (!this.#trackOf(device) && this.#media.readiness[device] === 'off') delete this.#missed[device];
      const missed = this.#missed[device];
      if (missed !== undefined && known.some(({ deviceId }) => deviceId === missed))
        await this.#takeBack(device, missed);
      else if (this.#media.readiness[device] === 'missing' && missed !== undefined)
        await this.#fallBack(device);
    }
  }

  async #takeBack(device: Device, deviceId: string): Promise<void> {
    delete this.#missed[device];
    await this.#once(async () => {
      if (!this.#trackOf(device)) await this.#media.start();
      else if (device === 'camera') await this.#media.useCamera(deviceId);
      else await this.#media.useMicrophone(deviceId);
    });
    const track = this.#trackOf(device);
    if (track?.getSettings().deviceId !== deviceId) return;
    this.#say({ kind: 'returned', device, label: track.label }, returnedNoteMs);
  }

  #handleWake(): void {
    if (this.#isHalted()) void this.renew();
  }

  #watchForHalt(): void {
    clearTimeout(this.#haltTimer);
    if (!this.#isHalted()) {
      if (this.#note?.kind === 'halted') this.#say(undefined);
      return;
    }
    this.#haltTimer = setTimeout(() => {
      if (this.#isHalted()) this.#say({ kind: 'halted' });
    }, haltedAfterMs);
  }

  #isHalted(): boolean {
    return (['camera', 'microphone'] as const).some((device) => this.#trackOf(device)?.muted);
  }

  #trackOf(device: Device): MediaStreamTrack | undefined {
    return device === 'camera' ? this.#media.camera : (this.#media.tracks.audio ?? undefined);
  }

  async #once(step: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    await step();
    this.#busy = false;
  }

  #say(note: DeviceNote | undefined, forMs?: number): void {
    clearTimeout(this.#noteTimer);
    if (forMs !== undefined) this.#noteTimer = setTimeout(() => this.#say(undefined), forMs);
    if (note === this.#note) return;
    this.#note = note;
    this.#listeners.notify();
  }
}
