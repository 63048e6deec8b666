import { signal } from '@preact/signals';
import type { ChosenDevices } from '@sprechzimmer/call/device-choice.ts';
import { keep, readKept, setting } from '../setting.ts';

type KeptDevices = ChosenDevices & { speaker?: string | undefined };

const storageKey = 'devices';

/** The own picture as in a mirror, which is how people know themselves. */
export const mirrored = setting('own-picture-mirrored');

/** A camera on the back of a phone shows what others would see of it: nobody looks into a mirror there. */
export const looksAway = signal(false);

/** Where the others' sound comes out; empty for wherever the system sends it. */
export const speaker = signal('');

/** What was chosen another day, by the browser's own ids. They mean nothing on any other page or device. */
export function keptDevices(): ChosenDevices {
  const { camera, microphone, speaker: kept } = read();
  speaker.value = kept ?? '';
  return { camera, microphone };
}

export function keepDevice(kind: keyof KeptDevices, deviceId: string): void {
  if (kind === 'speaker') speaker.value = deviceId;
  keep(storageKey, JSON.stringify({ ...read(), [kind]: deviceId }));
}

function read(): KeptDevices {
  try {
    const kept: unknown = JSON.parse(readKept(storageKey) ?? '{}');
    const ids = Object.entries(Object(kept) as object).filter(([, id]) => typeof id === 'string');
    return Object.fromEntries(ids);
  } catch {
    return {};
  }
}
