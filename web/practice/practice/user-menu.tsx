import { useSignal } from '@preact/signals';
import { Icon, type IconNode } from '@sprechzimmer/design/icon.tsx';
import { LanguageSwitch } from '@sprechzimmer/design/language-switch.tsx';
import {
  ChevronDown,
  CircleUserRound,
  KeyRound,
  Lock,
  LogOut,
  MonitorSmartphone,
  ScrollText,
  Settings,
  ShieldCheck,
  Users,
} from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';
import { Avatar } from '../user/avatar.tsx';
import type { MenuView } from '../views.ts';
import type { Work } from '../work.ts';

/** Top right: who is signed in, on which device, what is theirs to settle, and the way out. */
export function UserMenu({ app, work }: { app: PracticeApp; work: Work }) {
  const say = messages();
  const { user, deviceName } = work.session;
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
        <Avatar work={work} userId={user.id} name={user.name} />
        <span class="user-menu-name">{user.name}</span>
        <span class="unseen">, {say.header.menu}</span>
        <Icon node={ChevronDown} />
      </button>
      <div id="user-menu" class="user-menu-sheet stack" hidden={!open.value}>
        <div>
          <p>
            <strong dir="auto">{user.name}</strong>
          </p>
          <p class="quiet-text">{user.email}</p>
          <p class="quiet-text">
            {say.header.device}: {deviceName}
          </p>
        </div>
        <MenuItems work={work} onChosen={() => (open.value = false)} />
        <LanguageSwitch />
        <div class="menu-items">
          <button type="button" class="menu-item" onClick={app.lock}>
            <Icon node={Lock} />
            <span>
              <span>{say.menu.lock}</span>
              <kbd class="menu-key">{say.menu.lockKey(/Mac|iPhone|iPad/.test(navigator.userAgent))}</kbd>
            </span>
          </button>
          <SignOut app={app} work={work} />
        </div>
      </div>
    </div>
  );
}

const ownItems: [MenuView, IconNode][] = [
  ['own', CircleUserRound],
  ['password', KeyRound],
  ['second-factor', ShieldCheck],
];
const practiceItems: [MenuView, IconNode][] = [
  ['users', Users],
  ['devices', MonitorSmartphone],
  ['events', ScrollText],
];

function MenuItems({ work, onChosen }: { work: Work; onChosen: () => void }) {
  const { menu } = messages();
  const words: Partial<Record<MenuView, string>> = {
    own: menu.own,
    password: menu.password,
    'second-factor': menu.secondFactor,
    users: menu.users,
    devices: menu.devices,
    events: menu.events,
    settings: menu.settings,
  };
  function choose(kind: MenuView): void {
    onChosen();
    if (work.views.unsaved()) {
      work.views.leave();
      return;
    }
    work.say(undefined);
    work.views.open({ kind });
  }
  const item = ([kind, icon]: [MenuView, IconNode]) => (
    <li key={kind}>
      <button type="button" class="menu-item" onClick={() => choose(kind)}>
        <Icon node={icon} />
        <span>{words[kind]}</span>
      </button>
    </li>
  );
  return (
    <>
      <ul class="menu-items">{ownItems.map(item)}</ul>
      <ul class="menu-items">
        {practiceItems.map(item)}
        {work.session.user.isMain && item(['settings', Settings])}
      </ul>
    </>
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
      <button type="button" class="menu-item" onClick={() => void signOut()}>
        <Icon node={LogOut} />
        <span>{say.signOut}</span>
      </button>
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
