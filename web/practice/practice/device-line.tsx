import { Icon } from '@sprechzimmer/design/icon.tsx';
import { MonitorSmartphone } from 'lucide';
import type { StoredDevice } from '../device/key-store.ts';
import { messages } from '../messages.ts';

/** Which device this is, and of which practice. */
export function DeviceLine({ device }: { device: StoredDevice }) {
  return (
    <p class="device-line">
      <Icon node={MonitorSmartphone} />
      <span>
        <span class="quiet-text">{messages().signIn.device}</span>
        <strong>{device.deviceName}</strong>
        <span class="quiet-text">{device.practiceName}</span>
      </span>
    </p>
  );
}
