import { Checkbox } from '@sprechzimmer/design/fields.tsx';
import { CameraTools } from '../camera/camera-tools.tsx';
import { isOwnHidden } from '../consultation/own-corner.tsx';
import { Panel } from '../consultation/panel.tsx';
import type { ToolProps } from '../consultation/tools.ts';
import { mirrored } from '../devices/kept-devices.ts';
import { DeviceChoice } from './device-choice.tsx';
import { messages } from './messages.ts';

/** Which camera, microphone and speaker, and how one sees oneself. */
export function DevicesPanel({ context, onClose }: ToolProps) {
  const t = messages();
  return (
    <Panel title={t.devices.title} closeLabel={t.close} onClose={onClose}>
      <div class="panel-body stack">
        <DeviceChoice own={context.own} />
        <CameraTools own={context.own} />
        <div>
          <Checkbox label={t.devices.mirrored} checked={mirrored.isOn.value} onChange={mirrored.set} />
          <Checkbox
            label={t.devices.shown}
            checked={!isOwnHidden.value}
            onChange={(shown) => (isOwnHidden.value = !shown)}
          />
        </div>
      </div>
    </Panel>
  );
}
