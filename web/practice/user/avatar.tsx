import { useSignal } from '@preact/signals';
import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { pictureProfile } from '@sprechzimmer/protocol/practice.ts';
import { useEffect } from 'preact/hooks';
import { openProfile } from '../practice/session.ts';
import type { Work } from '../work.ts';
import { initials } from './initials.ts';

type AvatarProps = { work: Work; userId: string; name: string; large?: boolean };

/** A user's picture, or the first letters of their name. It decorates: the name stands beside it. */
export function Avatar({ work, userId, name, large = false }: AvatarProps) {
  const address = useSignal<string | undefined>(undefined);
  const { session } = work;
  const profile = session.view.profiles.find(({ kind, id }) => kind === 'picture' && id === userId);
  useEffect(() => {
    let isOver = false;
    let made: string | undefined;
    async function show(): Promise<void> {
      if (!profile) return;
      const { jpeg } = await openProfile(profile, session.practice.id, session.recordKeys, pictureProfile);
      if (isOver) return;
      made = URL.createObjectURL(new Blob([fromBase64url(jpeg)], { type: 'image/jpeg' }));
      address.value = made;
    }
    // A picture that does not open is no reason to stop: the letters stand there.
    show().catch(() => undefined);
    return () => {
      isOver = true;
      address.value = undefined;
      if (made) URL.revokeObjectURL(made);
    };
  }, [profile?.sealed]);
  return (
    <span class={`avatar${large ? ' avatar-large' : ''}`} aria-hidden="true">
      {address.value ? <img src={address.value} alt="" /> : initials(name)}
    </span>
  );
}
