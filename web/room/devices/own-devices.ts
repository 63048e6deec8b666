import { type ReadonlySignal, signal } from '@preact/signals';
import { watchLevel } from '@sprechzimmer/call/level-meter.ts';
import type { ChosenDevices } from '@sprechzimmer/call/device-choice.ts';
import type { DeviceNote } from '@sprechzimmer/call/device-care.ts';
import { LocalMedia } from '@sprechzimmer/call/local-media.ts';
import type { Readiness } from '@sprechzimmer/protocol/consultation.ts';
import { type Background, openBackground } from '../blur/background.ts';
import { follow } from '../follow.ts';
import { isTrouble } from './device-problems.ts';
import { keptDevices, looksAway } from './kept-devices.ts';

/** From here on a level is a voice and not the room. */
const voiceLevel = 0.12;

/** Camera and microphone as the pages show and switch them. */
export type OwnDevices = {
  media: LocalMedia;
  readiness: ReadonlySignal<Readiness>;
  /** The browser's question is open, or the devices are starting. */
  asking: ReadonlySignal<boolean>;
  /** Loudness of the own voice, 0 to 1. */
  level: ReadonlySignal<number>;
  /** The microphone has heard something since it was switched on. */
  heard: ReadonlySignal<boolean>;
  /** What happened to a device by itself, such as that another is used now. */
  note: ReadonlySignal<DeviceNote | undefined>;
  /** After the system has halted one. */
  renew: () => void;
  start: () => Promise<void>;
  stop: () => void;
  /** The own screen is shared. */
  sharing: ReadonlySignal<boolean>;
  background: Background;
  /** On to off and back; after a trouble, another try. */
  switchCamera: () => void;
  switchMicrophone: () => void;
};

export function openOwnDevices(): OwnDevices {
  const media = new LocalMedia(keptDevices());
  const readiness = follow(media, () => media.readiness);
  const asking = signal(false);
  let isShown = false;
  const show = (shown: boolean) => () => {
    isShown = shown;
    listen();
  };
  const level = signal(0, { watched: show(true), unwatched: show(false) });
  const heard = signal(false);
  let stopListening: (() => void) | undefined;

  /** Until a voice was heard, and while the level is to be seen: it costs as much as a voice that is sent. */
  function listen() {
    const isOn = media.readiness.microphone === 'on';
    const wanted = isOn && (isShown || !heard.peek());
    if (wanted !== (stopListening !== undefined)) {
      const stop = stopListening;
      stopListening = wanted ? watchLevel(media.stream, hear) : undefined;
      stop?.();
      // Whoever hears of these may lead here again.
      level.value = 0;
    }
    if (!isOn) heard.value = false;
  }
  function hear(loudness: number) {
    level.value = loudness;
    if (loudness <= voiceLevel) return;
    heard.value = true;
    listen();
  }
  media.onChange(() => {
    listen();
    looksAway.value = media.facing === 'environment';
  });

  async function start() {
    asking.value = true;
    await media.start();
    asking.value = false;
  }
  return {
    media,
    readiness,
    asking,
    level,
    heard,
    sharing: follow(media, () => media.screen !== undefined),
    background: openBackground(media),
    ...careFor(media),
    start,
    stop: () => media.stop(),
    switchCamera: () => {
      const { camera } = media.readiness;
      if (isTrouble(camera)) void start();
      else media.setCamera(camera === 'off');
    },
    switchMicrophone: () => {
      const { microphone } = media.readiness;
      if (isTrouble(microphone)) {
        media.setMicrophone(true);
        void start();
      } else media.setMicrophone(microphone === 'off');
    },
  };
}

/** Devices mostly do what they should: who looks after them is loaded when one does not. */
function careFor(media: LocalMedia): Pick<OwnDevices, 'note' | 'renew'> {
  const note = signal<DeviceNote>();
  const used: ChosenDevices = {};
  let renew = () => {};
  let loading: Promise<void> | undefined;
  const load = () => {
    loading ??= import('@sprechzimmer/call/device-care.ts').then(
      ({ DeviceCare }) => {
        const care = new DeviceCare(media, used);
        care.onChange(() => (note.value = care.note));
        note.value = care.note;
        renew = () => void care.renew();
      },
      () => void (loading = undefined),
    );
  };
  media.onChange(() => {
    const { audio } = media.tracks;
    for (const [device, track] of [
      ['camera', media.camera],
      ['microphone', audio],
    ] as const) {
      const { deviceId } = track?.getSettings() ?? {};
      if (track && deviceId !== used[device]) track.addEventListener('mute', load);
      if (track) used[device] = deviceId;
      else if (media.readiness[device] === 'missing' && used[device] !== undefined) load();
      else delete used[device];
    }
  });
  return { note, renew: () => renew() };
}
