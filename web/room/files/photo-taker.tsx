import { useEffect, useRef, useState } from 'preact/hooks';
import { Camera } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { messages } from './messages.ts';
import { cleanPhoto, takePhoto } from './picture-file.ts';

type PhotoTakerProps = {
  /** Who asked for it; nobody, if the person wants to send one by themselves. */
  askedByName: string | undefined;
  otherName: string;
  own: OwnDevices;
  onSend: (photo: Blob) => void;
  onNo: () => void;
};

type Step = { kind: 'begin' | 'working' | 'failed' } | { kind: 'taken'; photo: Blob; url: string };

/** Takes a photo with the camera of this device, shows it, and sends it only when its owner says so. */
export function PhotoTaker({ askedByName, otherName, own, onSend, onNo }: PhotoTakerProps) {
  const t = messages().request;
  const [step, setStep] = useState<Step>({ kind: 'begin' });
  const input = useRef<HTMLInputElement>(null);
  const url = step.kind === 'taken' ? step.url : undefined;
  useEffect(() => () => URL.revokeObjectURL(url ?? ''), [url]);

  async function prepare(taking: Promise<Blob>) {
    setStep({ kind: 'working' });
    try {
      const photo = await taking;
      setStep({ kind: 'taken', photo, url: URL.createObjectURL(photo) });
    } catch {
      setStep({ kind: 'failed' });
    }
  }
  /** A phone opens its own camera, which gives the best it can; elsewhere it is the one that is on. */
  function take() {
    const [track] = own.media.stream.getVideoTracks();
    if (track && !matchMedia('(pointer: coarse)').matches) void prepare(takePhoto(track));
    else input.current?.click();
  }
  return (
    <section class="photo-taker" aria-label={askedByName ? t.title(askedByName) : t.titleOwn}>
      <h3>{askedByName ? t.title(askedByName) : t.titleOwn}</h3>
      <p>{t.text(otherName)}</p>
      {step.kind === 'taken' && <img class="photo-preview" src={step.url} alt={t.own} />}
      <p role="status">
        {step.kind === 'working' && t.working}
        {step.kind === 'failed' && t.failed}
      </p>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t.take}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) void prepare(cleanPhoto(file));
        }}
      />
      <div class="file-actions">
        {step.kind === 'taken' && (
          <Button kind="primary" onClick={() => onSend(step.photo)}>
            {t.send}
          </Button>
        )}
        {step.kind !== 'working' && (
          <Button icon={Camera} onClick={take}>
            {step.kind === 'taken' ? t.retake : t.take}
          </Button>
        )}
        <Button kind="quiet" onClick={onNo}>
          {t.no}
        </Button>
      </div>
    </section>
  );
}
