import { useEffect, useState } from 'preact/hooks';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Select } from '@sprechzimmer/design/fields.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { keepDevice, speaker } from '../devices/kept-devices.ts';
import type { OwnDevices } from '../devices/own-devices.ts';
import { messages } from './messages.ts';

type Device = 'microphone' | 'camera' | 'speaker';
type Option = { value: string; label: string };

const kinds = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' } as const;
const noDevices: Record<Device, Option[]> = { microphone: [], camera: [], speaker: [] };

/** Firefox: pages see no speakers before the person has picked one in the browser's own list. */
type Outputs = MediaDevices & { selectAudioOutput?: () => Promise<MediaDeviceInfo> };
const outputs = () => navigator.mediaDevices as Outputs;
const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

type DeviceChoiceProps = {
  own: OwnDevices;
  /** All of them if not given. */
  only?: Device;
};

/** Cameras, microphones and speakers by name. What is chosen is used at once, and again next time. */
export function DeviceChoice({ own, only }: DeviceChoiceProps) {
  const t = messages().devices;
  const devices = useDevices(own);
  const [notTaken, setNotTaken] = useState(false);
  const { media } = own;
  const used = {
    microphone: media.tracks.audio?.getSettings().deviceId ?? '',
    camera: media.camera?.getSettings().deviceId ?? media.chosen.camera ?? '',
  };
  async function choose(kind: 'microphone' | 'camera', id: string) {
    setNotTaken(false);
    await (kind === 'camera' ? media.useCamera(id) : media.useMicrophone(id));
    if (media.chosen[kind] === id) keepDevice(kind, id);
    else setNotTaken(true);
  }
  return (
    <div class="stack">
      {(['microphone', 'camera'] as const).map(
        (kind) =>
          (only ?? kind) === kind &&
          devices[kind].length > 0 && (
            <Select
              key={kind}
              label={t[kind]}
              value={used[kind]}
              options={withUsed(devices[kind], used[kind])}
              onChange={(id) => void choose(kind, id)}
            />
          ),
      )}
      {canChooseSpeaker && (only ?? 'speaker') === 'speaker' && <SpeakerChoice speakers={devices.speaker} />}
      {!only && devices.microphone.length + devices.camera.length === 0 && <p>{t.none}</p>}
      <LiveText>{notTaken ? t.notTaken : !only && <span class="quiet-text">{t.remembered}</span>}</LiveText>
    </div>
  );
}

function SpeakerChoice({ speakers }: { speakers: Option[] }) {
  const t = messages().devices;
  if (speakers.length > 0) {
    // The system's own choice is in Chromium's list already.
    const system = speakers.some(({ value }) => value === 'default') ? [] : [{ value: '', label: t.system }];
    const value = speaker.value || (system.length > 0 ? '' : 'default');
    return (
      <Select
        label={t.speaker}
        value={value}
        options={[...system, ...speakers]}
        onChange={(id) => keepDevice('speaker', id)}
      />
    );
  }
  if (!outputs().selectAudioOutput) return null;
  const pick = async () => {
    const picked = await outputs().selectAudioOutput?.();
    if (picked) keepDevice('speaker', picked.deviceId);
  };
  return <Button onClick={() => void pick().catch(() => {})}>{t.chooseSpeaker}</Button>;
}

/** Follows what is plugged in, and, since names come only with the permission, what is switched on. */
function useDevices(own: OwnDevices): Record<Device, Option[]> {
  const [devices, setDevices] = useState(noDevices);
  const { camera, microphone } = own.readiness.value;
  useEffect(() => {
    const list = () =>
      void navigator.mediaDevices.enumerateDevices().then((found) => setDevices(byKind(found)));
    list();
    navigator.mediaDevices.addEventListener('devicechange', list);
    return () => navigator.mediaDevices.removeEventListener('devicechange', list);
  }, [camera, microphone]);
  return devices;
}

function byKind(found: MediaDeviceInfo[]): Record<Device, Option[]> {
  const t = messages().devices;
  const devices: Record<Device, Option[]> = { microphone: [], camera: [], speaker: [] };
  for (const { kind, deviceId, label } of found) {
    const options = devices[kinds[kind]];
    if (deviceId !== '')
      options.push({ value: deviceId, label: label || `${t.unnamed[kinds[kind]]} ${options.length + 1}` });
  }
  return devices;
}

/** Nothing is shown as chosen that is not. */
function withUsed(options: Option[], used: string): Option[] {
  return options.some(({ value }) => value === used) ? options : [{ value: used, label: '–' }, ...options];
}
