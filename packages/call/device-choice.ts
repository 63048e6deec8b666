import type { DeviceState } from '@sprechzimmer/protocol/consultation.ts';

export type DeviceKind = 'camera' | 'microphone';

/** On a phone: the camera that looks at the person, or the one that looks at what they look at. */
export type Facing = 'user' | 'environment';

/** By the browser's own ids. Nothing depends on one being there: another is taken then. */
export type ChosenDevices = { [K in DeviceKind]?: string | undefined };

export type CameraChoice = { facing: Facing; deviceId?: string | undefined };
/** exact: this one or none. */
export type Strength = 'ideal' | 'exact';

export function microphone(
  deviceId: string | undefined,
  strength: Strength = 'ideal',
): MediaStreamConstraints {
  const chosen = deviceId !== undefined && { deviceId: { [strength]: deviceId } };
  return { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...chosen } };
}

export function camera(
  { facing, deviceId }: CameraChoice,
  strength: Strength = 'ideal',
): MediaStreamConstraints {
  const byFacing = { facingMode: strength === 'exact' ? { exact: facing } : facing };
  const chosen = deviceId === undefined ? byFacing : { deviceId: { [strength]: deviceId } };
  return { video: { width: { ideal: 1280 }, height: { ideal: 720 }, ...chosen } };
}

/** The error names of getUserMedia (W3C Media Capture and Streams, section 10.2), and older browsers' own. */
export function stateFor(error: unknown): DeviceState {
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
