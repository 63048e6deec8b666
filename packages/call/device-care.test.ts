import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import type { DeviceState } from '@sprechzimmer/protocol/consultation.ts';
import { DeviceCare } from './device-care.ts';
import type { OutgoingTracks } from './media-path.ts';

class FakeTrack extends EventTarget {
  muted = false;
  readonly label: string;
  constructor(label: string) {
    super();
    this.label = label;
  }
  getSettings = () => ({ deviceId: this.label });
  setMuted(muted: boolean) {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

/** Camera and microphone of a machine whose plugs are pulled. */
class FakeMedia {
  plugged = { camera: ['built-in'], microphone: ['headset', 'built-in'] };
  renewed: string[] = [];
  readonly states: Record<'camera' | 'microphone', DeviceState> = { camera: 'off', microphone: 'off' };
  #camera: FakeTrack | undefined;
  #audio: FakeTrack | undefined;
  #listeners: (() => void)[] = [];
  get readiness() {
    return this.states;
  }
  get camera() {
    return this.#camera as unknown as MediaStreamTrack | undefined;
  }
  get tracks() {
    return { audio: this.#audio ?? null } as unknown as OutgoingTracks;
  }
  get audio() {
    return this.#audio;
  }
  onChange(listener: () => void) {
    this.#listeners.push(listener);
    return () => {};
  }
  #notify() {
    for (const listener of this.#listeners) listener();
  }
  async start() {
    const [camera, microphone] = [this.plugged.camera[0], this.plugged.microphone[0]];
    this.#camera ??= camera === undefined ? undefined : new FakeTrack(camera);
    this.#audio ??= microphone === undefined ? undefined : new FakeTrack(microphone);
    this.states.camera = this.#camera ? 'on' : 'missing';
    this.states.microphone = this.#audio ? 'on' : 'missing';
    this.#notify();
  }
  async useMicrophone(deviceId: string) {
    this.#audio = new FakeTrack(deviceId);
    this.#notify();
  }
  async useCamera(deviceId: string) {
    this.#camera = new FakeTrack(deviceId);
    this.#notify();
  }
  async renew(device: 'camera' | 'microphone') {
    this.renewed.push(device);
    if (device === 'microphone') this.#audio = new FakeTrack(this.plugged.microphone[0] ?? '');
    this.#notify();
  }
  stop() {
    this.#camera = undefined;
    this.#audio = undefined;
    Object.assign(this.states, { camera: 'off', microphone: 'off' });
    this.#notify();
  }
  unplug(device: 'camera' | 'microphone', label: string) {
    this.plugged[device] = this.plugged[device].filter((one) => one !== label);
    if (device === 'camera') this.#camera = undefined;
    else this.#audio = undefined;
    this.states[device] = 'missing';
    this.#notify();
  }
}

const plugs = new EventTarget();
let media: FakeMedia;
let care: DeviceCare;

beforeEach(async () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  media = new FakeMedia();
  const enumerateDevices = async () =>
    [...media.plugged.camera, ...media.plugged.microphone].map((deviceId) => ({ deviceId }));
  Object.defineProperty(navigator, 'mediaDevices', {
    value: Object.assign(plugs, { enumerateDevices }),
    configurable: true,
  });
  care = new DeviceCare(media, {});
  await media.start();
});

async function plug(): Promise<void> {
  plugs.dispatchEvent(new Event('devicechange'));
  mock.timers.tick(1_000);
  await settled();
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

test('a headset that is gone is followed by the next microphone, and the person is told which', async () => {
  media.unplug('microphone', 'headset');
  await settled();
  assert.equal(media.audio?.label, 'built-in');
  assert.deepEqual(care.note, { kind: 'exchanged', device: 'microphone', label: 'built-in' });
});

test('it is used again when it is back, which is said for a while', async () => {
  media.unplug('microphone', 'headset');
  await settled();
  media.plugged.microphone = ['headset', 'built-in'];
  await plug();
  assert.equal(media.audio?.label, 'headset');
  assert.deepEqual(care.note, { kind: 'returned', device: 'microphone', label: 'headset' });
  mock.timers.tick(8_000);
  assert.equal(care.note, undefined);
});

test('an only camera that is gone stays missing, and comes back by itself when it is plugged in again', async () => {
  media.unplug('camera', 'built-in');
  await settled();
  assert.equal(media.readiness.camera, 'missing');
  assert.equal(care.note, undefined);
  media.plugged.camera = ['built-in'];
  await plug();
  assert.equal(media.readiness.camera, 'on');
  assert.deepEqual(care.note, { kind: 'returned', device: 'camera', label: 'built-in' });
});

test('a microphone that the system has halted is told after two seconds, and taken up anew by a touch', async () => {
  media.audio?.setMuted(true);
  mock.timers.tick(1_900);
  assert.equal(care.note, undefined);
  mock.timers.tick(200);
  assert.deepEqual(care.note, { kind: 'halted' });
  await care.renew();
  assert.deepEqual(media.renewed, ['camera', 'microphone']);
  assert.equal(care.note, undefined);
});

test('one that the system gives back by itself is no longer spoken of', async () => {
  media.audio?.setMuted(true);
  mock.timers.tick(2_100);
  media.audio?.setMuted(false);
  assert.equal(care.note, undefined);
});

test('after the end a headset that is plugged in again starts nothing', async () => {
  media.unplug('microphone', 'headset');
  await settled();
  media.unplug('microphone', 'built-in');
  await settled();
  media.stop();
  media.plugged.microphone = ['headset', 'built-in'];
  await plug();
  assert.deepEqual(media.readiness, { camera: 'off', microphone: 'off' });
  assert.equal(media.audio, undefined);
  assert.equal(media.camera, undefined);
});
