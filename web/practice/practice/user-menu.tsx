import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { LanguageSwitch } from '@sprechzimmer/design/language-switch.tsx';
import { ChevronDown, CircleUserRound } from 'lucide';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { useEffect, useRef } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';
import type { Work } from '../work.ts';

/** Top right: who is signed in, on which device, and the way out. */
export function UserMenu({ app, work }: { app: PracticeApp; work: Work }) {
  const say = messages();
  const { session } = work;
  const open = useSignal(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => closeFromOutside(frame.current, () => (open.value = false)), []);

  return (
    <div
      class="user-menu"
      ref={frame}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open.value) return;
        open.value = false;
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        class="button button-quiet user-menu-button"
        aria-expanded={open.value}
        aria-controls="user-menu"
        onClick={() => (open.value = !open.value)}
      >
        <Icon node={CircleUserRound} />
        <span class="user-menu-name">{session.user.name}</span>
        <span class="unseen">, {say.header.menu}</span>
        <Icon node={ChevronDown} />
      </button>
      <div id="user-menu" class="user-menu-sheet stack" hidden={!open.value}>
        <div>
          <p>
            <strong>{session.user.name}</strong>
          </p>
          <p class="quiet-text">{session.user.email}</p>
          <p class="quiet-text">
            {say.header.device}: {session.deviceName}
          </p>
        </div>
        <LanguageSwitch />
        <SignOut app={app} work={work} />
      </div>
    </div>
  );
}

function SignOut({ app, work }: { app: PracticeApp; work: Work }) {
  const say = messages().header;
  const failure = useSignal<unknown>(undefined);
  async function signOut(): Promise<void> {
    failure.value = undefined;
    if (work.views.unsaved()) {
      work.views.leave();
      return;
    }
    try {
      await app.signOut();
    } catch (error) {
      failure.value = error;
    }
  }
  return (
    <>
      <Button wide onClick={() => void signOut()}>
        {say.signOut}
      </Button>
      <div role="alert">{failure.value !== undefined && <p>{failureSentence(failure.value)}</p>}</div>
    </>
  );
}

/** Closes on a press or a focus anywhere else. @returns how to stop */
function closeFromOutside(frame: HTMLElement | null, close: () => void): () => void {
  const stop = new AbortController();
  const check = (event: Event) => {
    if (!(event.target instanceof Node) || !frame?.contains(event.target)) close();
  };
  document.addEventListener('pointerdown', check, { signal: stop.signal });
  document.addEventListener('focusin', check, { signal: stop.signal });
  return () => stop.abort();
}
