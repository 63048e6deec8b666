import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Checkbox } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import type { LogoProfile } from '@sprechzimmer/protocol/invitation-settings.ts';
import { ImagePlus } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import { saveProfile } from '../practice/profiles.ts';
import type { Work } from '../work.ts';
import { Logo } from './letter-paper.tsx';
import { drawLogo, encodeLogo } from './logo.ts';
import { invitationMessages } from './messages.ts';

/** A logo without a picture is none. */
const noLogo: LogoProfile = { type: 'image/png', image: '' };

/** The practice's logo: chosen, cut and made anew in this browser, and sealed before it leaves. */
export function LogoCard({ work }: { work: Work }) {
  const say = invitationMessages().templates;
  const { logo, practice } = work.session;
  const chosen = useSignal<ImageBitmap | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);

  async function choose(file: File | undefined): Promise<void> {
    failure.value = undefined;
    if (!file) return;
    try {
      chosen.value = await createImageBitmap(file);
    } catch {
      failure.value = say.logoBroken;
    }
  }
  async function save(next: LogoProfile): Promise<void> {
    failure.value = undefined;
    try {
      await saveProfile(work, 'logo', practice.id, next);
      chosen.value = undefined;
      work.say(say.saved);
    } catch (error) {
      failure.value = failureSentence(error);
    }
  }
  return (
    <Card>
      <h2>{say.logoHeading}</h2>
      <p class="quiet-text">{say.logoHint}</p>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/svg+xml"
        hidden
        aria-label={say.logoChoose}
        onChange={(event) => {
          const { currentTarget } = event;
          void choose(currentTarget.files?.[0]).then(() => (currentTarget.value = ''));
        }}
      />
      {chosen.value ? (
        <NewLogo picture={chosen.value} onKeep={save} onCancel={() => (chosen.value = undefined)} />
      ) : (
        <>
          {logo && (
            <div class="logo-frame">
              <Logo logo={logo} alt={say.logoAlt} />
            </div>
          )}
          <div class="form-actions">
            <Button icon={ImagePlus} onClick={() => input.current?.click()}>
              {logo ? say.logoReplace : say.logoChoose}
            </Button>
            {logo && (
              <Button kind="quiet" onClick={() => void save(noLogo)}>
                {say.logoRemove}
              </Button>
            )}
          </div>
        </>
      )}
      <div role="alert">{failure.value && <Notice tone="bad">{failure.value}</Notice>}</div>
    </Card>
  );
}

type NewLogoProps = {
  picture: ImageBitmap;
  onKeep: (logo: LogoProfile) => Promise<void>;
  onCancel: () => void;
};

/** What is seen is what is kept. */
function NewLogo({ picture, onKeep, onCancel }: NewLogoProps) {
  const say = invitationMessages().templates;
  const canvas = useRef<HTMLCanvasElement>(null);
  const trim = useSignal(true);
  const busy = useSignal(false);
  const isBroken = useSignal(false);
  useEffect(() => {
    if (canvas.current) drawLogo(canvas.current, picture, trim.value);
  }, [picture, trim.value]);
  async function keep(): Promise<void> {
    if (!canvas.current) return;
    busy.value = true;
    try {
      await onKeep(await encodeLogo(canvas.current));
    } catch {
      isBroken.value = true;
    }
    busy.value = false;
  }
  return (
    <div class="stack">
      <div class="logo-frame">
        <canvas ref={canvas} role="img" aria-label={say.logoPreview} />
      </div>
      <Checkbox label={say.logoTrim} checked={trim.value} onChange={(next) => (trim.value = next)} />
      <div role="alert">{isBroken.value && <Notice tone="bad">{say.logoBroken}</Notice>}</div>
      <div class="form-actions">
        <Button
          kind="primary"
          busy={busy.value ? messages().confirm.busy : undefined}
          onClick={() => void keep()}
        >
          {say.logoKeep}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {messages().cancel}
        </Button>
      </div>
    </div>
  );
}
