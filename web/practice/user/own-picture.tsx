import { useSignal } from '@preact/signals';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { ImagePlus } from 'lucide';
import { useRef } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import { saveProfile } from '../practice/profiles.ts';
import type { Work } from '../work.ts';
import { Avatar } from './avatar.tsx';
import { PictureCrop } from './picture-crop.tsx';

/** The user's picture: chosen, cropped and made anew in this browser, and sealed before it leaves. */
export function OwnPicture({ work }: { work: Work }) {
  const say = messages();
  const { session } = work;
  const chosen = useSignal<ImageBitmap | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const hasPicture = session.view.profiles.some(
    ({ kind, id }) => kind === 'picture' && id === session.user.id,
  );

  async function choose(file: File | undefined): Promise<void> {
    failure.value = undefined;
    if (!file) return;
    try {
      chosen.value = await createImageBitmap(file);
    } catch {
      failure.value = say.own.pictureBroken;
    }
  }
  async function keep(jpeg: Uint8Array): Promise<void> {
    await saveProfile(work, 'picture', session.user.id, { jpeg: toBase64url(jpeg) });
    chosen.value = undefined;
    work.say(say.confirm.saved);
  }
  async function remove(): Promise<void> {
    failure.value = undefined;
    try {
      await work.client.profile.removePicture({});
      await work.reload();
      work.say(say.confirm.saved);
    } catch (error) {
      failure.value = failureSentence(error);
    }
  }

  return (
    <Card>
      <h2>{say.own.picture}</h2>
      <p class="quiet-text">{say.own.pictureHint}</p>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        hidden
        aria-label={say.own.choosePicture}
        onChange={(event) => {
          const { currentTarget } = event;
          void choose(currentTarget.files?.[0]).then(() => (currentTarget.value = ''));
        }}
      />
      {chosen.value ? (
        <PictureCrop picture={chosen.value} onKeep={keep} onCancel={() => (chosen.value = undefined)} />
      ) : (
        <div class="own-picture">
          <Avatar work={work} userId={session.user.id} name={session.user.name} large />
          <div class="stack-tight">
            <Button icon={ImagePlus} onClick={() => input.current?.click()}>
              {say.own.choosePicture}
            </Button>
            {hasPicture && (
              <Button kind="quiet" onClick={() => void remove()}>
                {say.own.removePicture}
              </Button>
            )}
          </div>
        </div>
      )}
      <div role="alert">{failure.value && <Notice tone="bad">{failure.value}</Notice>}</div>
    </Card>
  );
}
