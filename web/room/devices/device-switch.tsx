import { Mic, MicOff, Video, VideoOff } from 'lucide';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { messages } from '../messages.ts';
import { isTrouble } from './device-problems.ts';
import type { OwnDevices } from './own-devices.ts';

const icons = { camera: { on: Video, off: VideoOff }, microphone: { on: Mic, off: MicOff } };

/** Switches camera or microphone; says its state in a word. */
export function DeviceSwitch({ device, own }: { device: 'camera' | 'microphone'; own: OwnDevices }) {
  const t = messages().devices;
  const state = own.readiness.value[device];
  const on = state === 'on';
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      class={`bar-button ${on ? '' : 'bar-button-off'} ${isTrouble(state) ? 'bar-button-trouble' : ''}`}
      onClick={device === 'camera' ? own.switchCamera : own.switchMicrophone}
    >
      <Icon node={icons[device][on ? 'on' : 'off']} />
      <span class="bar-label">
        {t[device]}{' '}
        <span class="bar-state" aria-hidden={isTrouble(state) ? undefined : 'true'}>
          {t[state]}
        </span>
      </span>
    </button>
  );
}
