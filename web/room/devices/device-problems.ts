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

/** Whose words the way to a permission is told in. */
export type BrowserFamily = 'chromium' | 'firefox' | 'safari' | 'safari-ios';

/** Every browser on an iPhone or iPad keeps permissions the way Safari does. */
export function browserFamily(userAgent: string, touchPoints: number): BrowserFamily {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'safari-ios';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Chrome\/|Chromium\//.test(userAgent)) return 'chromium';
  // iPads ask for desktop pages: a Mac with a touch screen is one.
  if (/Macintosh/.test(userAgent)) return touchPoints > 1 ? 'safari-ios' : 'safari';
  return 'chromium';
}
