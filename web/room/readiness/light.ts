import type { Readiness } from '@sprechzimmer/protocol/consultation.ts';
import type { Hint } from '@sprechzimmer/protocol/side-message.ts';

/** What is not as it should be with somebody who waits, the most important first. */
export type Trouble =
  | 'microphone-blocked'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'microphone-off'
  | 'microphone-silent'
  | 'camera-blocked'
  | 'camera-missing'
  | 'camera-busy'
  | 'camera-off'
  | 'line-weak'
  | 'in-app'
  | 'picture-small';

/** bad: they will not be heard. warn: something will be missing. info: their own wish, perhaps. */
export const severity = {
  'microphone-blocked': 'bad',
  'microphone-missing': 'bad',
  'microphone-busy': 'bad',
  'microphone-off': 'info',
  'microphone-silent': 'warn',
  'camera-blocked': 'warn',
  'camera-missing': 'warn',
  'camera-busy': 'warn',
  'camera-off': 'info',
  'line-weak': 'warn',
  'in-app': 'warn',
  'picture-small': 'info',
} as const satisfies Record<Trouble, 'bad' | 'warn' | 'info'>;

/** Whoever reads and does not speak is no trouble in the first minute. */
export const silentAfterMinutes = 1;

/** @param minutes how long they have been waiting */
export function troublesOf(readiness: Readiness, minutes: number): Trouble[] {
  const { camera, microphone, heard, line, inApp, smallPicture } = readiness;
  const troubles: Trouble[] = [];
  if (microphone !== 'on') troubles.push(`microphone-${microphone}`);
  else if (heard === false && minutes >= silentAfterMinutes) troubles.push('microphone-silent');
  if (camera !== 'on') troubles.push(`camera-${camera}`);
  if (line === 'weak') troubles.push('line-weak');
  if (inApp) troubles.push('in-app');
  if (camera === 'on' && smallPicture) troubles.push('picture-small');
  return troubles;
}

const helpful: Partial<Record<Trouble, Hint>> = {
  'microphone-blocked': 'allow-microphone',
  'microphone-off': 'unmute',
  'microphone-silent': 'speak-louder',
  'camera-blocked': 'allow-camera',
  'line-weak': 'better-line',
  'in-app': 'other-browser',
};

/** Which sentences fit the troubles. */
export function hintsFor(troubles: readonly Trouble[]): Hint[] {
  return troubles.flatMap((trouble) => helpful[trouble] ?? []);
}
