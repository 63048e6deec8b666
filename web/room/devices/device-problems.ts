import type { DeviceState, Readiness } from '@sprechzimmer/protocol/consultation.ts';

type Devices = 'camera' | 'microphone' | 'both';
export type Trouble = Extract<DeviceState, 'blocked' | 'missing' | 'busy'>;
/** One card: what does not work, and why. */
export type DeviceProblem = { devices: Devices; trouble: Trouble };

/** The problems to show, one card each; the same trouble with both devices is one. */
export function deviceProblems({ camera, microphone }: Readiness): DeviceProblem[] {
  if (isTrouble(camera) && camera === microphone) return [{ devices: 'both', trouble: camera }];
  const problems: DeviceProblem[] = [];
  if (isTrouble(microphone)) problems.push({ devices: 'microphone', trouble: microphone });
  if (isTrouble(camera)) problems.push({ devices: 'camera', trouble: camera });
  return problems;
}

export function isTrouble(state: DeviceState): state is Trouble {
  return state !== 'on' && state !== 'off';
}
