import { useSignal } from '@preact/signals';
import { Checkbox, TextField } from '@sprechzimmer/design/fields.tsx';
import { fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openUserKey, sealUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { Card } from '@sprechzimmer/design/page.tsx';
import { maxPasswordLength, minPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import { messages } from '../messages.ts';
import { sealProfile } from '../practice/profiles.ts';
import { sealedUserKey } from '../practice/session.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';

export function PasswordPage({ work }: { work: Work }) {
  const say = messages().password;
  const next = useSignal('');
  const shown = useSignal(false);
  const isLongEnough = next.value.length >= minPasswordLength;
  return (
    <SubPage work={work} title={say.title} lead={say.lead}>
      <Card>
        <ConfirmForm
          submit={say.submit}
          email={work.session.user.email}
          isValid={isLongEnough}
          onConfirm={async (current) => {
            await changePassword(work, current, next.value);
            next.value = '';
            work.say(say.changed);
          }}
        >
          {(asked) => (
            <>
              <TextField
                label={say.next}
                hint={say.hint}
                type={shown.value ? 'text' : 'password'}
                name="new-password"
                autocomplete="new-password"
                spellcheck={false}
                maxLength={maxPasswordLength}
                value={next.value}
                onInput={(value) => (next.value = value)}
                problem={asked && !isLongEnough ? say.tooShort : undefined}
              />
              <Checkbox label={say.show} checked={shown.value} onChange={(on) => (shown.value = on)} />
            </>
          )}
        </ConfirmForm>
      </Card>
    </SubPage>
  );
}

/**
 * The user's key is sealed anew with the new password, in the same step: one without the other would lock them out.
 * @throws OpenError for a wrong password; ApiError
 */
async function changePassword(work: Work, current: string, next: string): Promise<void> {
  const { session } = work;
  const place = { practiceId: session.practice.id, userId: session.user.id };
  const sealed = fromBase64url(await sealedUserKey(session));
  const key = await openUserKey(sealed, current, place, true);
  const sealedKey = toBase64url(await sealUserKey(key, next, place));
  const userKey = await sealProfile(session, 'user-key', session.user.id, { sealedKey });
  await work.client.practice.changePassword({ current, next, userKey });
  await work.reload();
}
