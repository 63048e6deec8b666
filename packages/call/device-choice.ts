import type { DeviceState } from '@sprechzimmer/protocol/consultation.ts';

export type DeviceKind = 'camera' | 'microphone';

/** On a phone: the camera that looks at the person, or the one that looks at what they look at. */
export type Facing = 'user' | 'environment';

/** By the browser's own ids. Nothing depends on one being there: another is taken then. */
export type ChosenDevices = { [K in DeviceKind]?: string | undefined };

export type CameraChoice = { facing: Facing; deviceId?: string | undefined };
/** exact: the camera that looks there, or none. */
export type Strength = 'ideal' | 'exact';

/** What is chosen by name is asked for by name: browsers pass over a mere wish. */
export function microphone(deviceId: string | undefined): MediaStreamConstraints {
  const chosen = deviceId !== undefined && { deviceId: { exact: deviceId } };
  return { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...chosen } };
}

export function camera(
  { facing, deviceId }: CameraChoice,
  strength: Strength = 'ideal',
): MediaStreamConstraints {
  const byFacing = { facingMode: strength === 'exact' ? { exact: facing } : facing };
  const chosen = deviceId === undefined ? byFacing : { deviceId: { exact: deviceId } };
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

/** Which devices are meant: the camera by its name or by where it looks. */
type Choice = { camera: CameraChoice; microphone: string | undefined };

/** One that was chosen another day may be gone: then any will do, but not where just that one is meant. */
export async function openDevice(kind: DeviceKind, choice: Choice, strength: Strength): Promise<MediaStream> {
  try {
    return await ask(kind === 'camera' ? camera(choice.camera, strength) : microphone(choice.microphone));
  } catch (error) {
    const isGone = error instanceof Error && /^(Overconstrained|NotFound)Error$/.test(error.name);
    if (strength === 'exact' || !isGone) throw error;
    return ask(kind === 'camera' ? camera({ facing: choice.camera.facing }) : microphone(undefined));
  }
}

export async function ask(wanted: MediaStreamConstraints): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia(wanted);
}
