import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LocalMedia } from '@sprechzimmer/call/local-media.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import type { BlurTrouble } from './background.ts';

const german = {
  title: 'Hintergrund nicht unscharf',
  'too-slow': 'Ihr Gerät ist dafür zu langsam.',
  battery: 'Ihr Akku ist fast leer, und das braucht viel Strom.',
  failed: 'Das hat auf diesem Gerät nicht geklappt.',
  dark: 'Ihre Kamera ist aus, damit niemand Ihren Raum sieht.',
  goWithout: 'Kamera ohne Unschärfe einschalten',
  close: 'Schließen',
};
const english = {
  title: 'Background not blurred',
  'too-slow': 'Your device is too slow for that.',
  battery: 'Your battery is almost empty, and this takes much power.',
  failed: 'That did not work on this device.',
  dark: 'Your camera is off so that nobody sees your room.',
  goWithout: 'Switch the camera on without blur',
  close: 'Close',
} satisfies typeof german;
const messages = catalogue(german, english);

/** Over whatever page is shown. The room itself is seen only if the person wants it so. */
export function showTrouble(trouble: BlurTrouble, media: LocalMedia, onPlain: () => void): void {
  document.querySelector('.blur-trouble')?.remove();
  const place = document.createElement('aside');
  place.className = 'blur-trouble';
  document.body.append(place);
  const close = () => {
    render(null, place);
    place.remove();
  };
  render(<TroubleNotice trouble={trouble} media={media} onPlain={onPlain} onClose={close} />, place);
}

type TroubleNoticeProps = {
  trouble: BlurTrouble;
  media: LocalMedia;
  onPlain: () => void;
  onClose: () => void;
};

function TroubleNotice({ trouble, media, onPlain, onClose }: TroubleNoticeProps) {
  const t = messages();
  const [dark, setDark] = useState(media.readiness.camera !== 'on');
  useEffect(() => media.onChange(() => setDark(media.readiness.camera !== 'on')), []);
  return (
    <div role="status">
      <Notice
        tone="warn"
        title={t.title}
        actions={
          <>
            {dark && (
              <Button
                kind="primary"
                onClick={() => {
                  onPlain();
                  media.setCamera(true);
                  onClose();
                }}
              >
                {t.goWithout}
              </Button>
            )}
            <Button onClick={onClose}>{t.close}</Button>
          </>
        }
      >
        <p>
          {t[trouble]} {dark && t.dark}
        </p>
      </Notice>
    </div>
  );
}
