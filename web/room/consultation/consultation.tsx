import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatEntry } from '@sprechzimmer/call/chat.ts';
import type { RemoteMedia } from '@sprechzimmer/call/participant-state.ts';
import type { Talk as Port } from '@sprechzimmer/call/talk.ts';
import { Title } from '@sprechzimmer/design/page.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { messages } from '../messages.ts';
import { TalkState } from '../mishaps/talk-state.tsx';
import { changeOf, type Person } from '../people/people.ts';
import { ScreenSlot } from '../share/screen-slot.tsx';
import { Bar } from './bar.tsx';
import { ChatPanel } from './chat-panel.tsx';
import { isFull, switchFull, useFull } from './full.ts';
import { type Health, InfoLine } from './info-line.tsx';
import { useKeys } from './keys.ts';
import { canBeOnTop, switchOnTop } from './on-top.ts';
import { OwnCorner } from './own-corner.tsx';
import { ToolNotices, ToolPanel, useTools } from './panel.tsx';
import { type ToolContext, tools } from './tools.ts';
import { countUnread } from './unread.ts';

/** What both ends of a consultation show alike. */
type Talk = {
  otherName: string;
  link: 'connecting' | 'connected' | 'interrupted';
  remote: RemoteMedia;
  words: readonly string[] | undefined;
  path: 'direct' | 'relayed' | undefined;
  chat: readonly ChatEntry[];
};

type ConsultationProps = {
  end: ToolContext['end'];
  talk: Talk;
  port: Port;
  health: Health;
  /** Everybody else; the first is the one `talk` is with. */
  people: readonly Person[];
  onSeeOut?: ((id: string) => void) | undefined;
  own: OwnDevices;
  /** The word on the red button. */
  endLabel: string;
  onEnd: () => void;
  onSend: (text: string) => boolean;
  /** A link that calls the other side; null where no number is known. */
  telephone: ComponentChildren;
  /** A quiet line of this end's own, such as how many wait. */
  aside?: ComponentChildren;
  /** Behind the line that unfolds. */
  more?: ComponentChildren;
  /** What is to be decided now: beside the picture, never over it. */
  notice?: ComponentChildren;
};

/** The consultation, drawn over the other side's picture. Nothing here sounds, blinks or slides in. */
export function Consultation(props: ConsultationProps) {
  const { end, talk, port, health, people, own } = props;
  const t = messages();
  /** `chat`, or the id of a tool. */
  const [panel, setPanel] = useState<string>();
  const chatOpen = panel === 'chat';
  const [draft, setDraft] = useState('');
  useEffect(warnBeforeLeaving, []);
  const unread = useUnread(talk.chat, chatOpen);
  const { otherName } = talk;
  const context: ToolContext = {
    end,
    port,
    own,
    otherName,
    people,
    onSeeOut: props.onSeeOut,
    showPanel: setPanel,
  };
  const sharer = people.find(({ remote }) => remote.screen) ?? people[0];
  const offered = tools.filter(({ isOffered }) => isOffered?.(context) ?? true);
  const chosen = tools.find(({ id }) => id === panel);
  const closePanel = () => setPanel(undefined);
  const switchPanel = (id: string) => setPanel(panel === id ? undefined : id);
  useTools(tools, context);
  const away = useFull();
  useTalkKeys(end, own, switchPanel);

  return (
    <div
      class={`consultation ${panel ? 'consultation-with-panel' : ''} ${isFull.value ? 'consultation-full' : ''} ${away ? 'consultation-bare' : ''}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (panel) closePanel();
        else switchFull(false);
      }}
    >
      {props.notice && <ConsultationNotice>{props.notice}</ConsultationNotice>}
      <main class="consultation-stage">
        <div class="unseen">
          <Title>{t.consultation.titleWith(talk.otherName)}</Title>
        </div>
        <div class="consultation-top">
          <InfoLine words={talk.words} path={talk.path} health={health} own={own}>
            {props.more}
          </InfoLine>
          {props.aside}
          <ToolNotices tools={offered} context={context} open={panel} />
        </div>
        {sharer && <ScreenSlot own={own} port={port} talk={{ ...sharer, otherName: sharer.name }} />}
        <TalkState talk={talk} health={health} own={own} telephone={props.telephone} />
        <OwnCorner own={own} onDevices={() => switchPanel('devices')} />
      </main>
      {chatOpen && (
        <ChatPanel
          chat={talk.chat}
          otherName={talk.otherName}
          draft={draft}
          onDraft={setDraft}
          onSend={props.onSend}
          onClose={closePanel}
        />
      )}
      {chosen && <ToolPanel key={chosen.id} tool={chosen} context={context} onClose={closePanel} />}
      <Bar
        own={own}
        unread={unread}
        chatOpen={chatOpen}
        onChat={() => switchPanel('chat')}
        tools={offered}
        context={context}
        endLabel={props.endLabel}
        onEnd={props.onEnd}
      />
      <Announcements
        people={people}
        message={unread > 0 ? talk.chat.at(-1) : undefined}
        otherName={otherName}
      />
    </div>
  );
}

function useTalkKeys(end: ToolContext['end'], own: OwnDevices, switchPanel: (id: string) => void): void {
  useKeys({
    microphone: own.switchMicrophone,
    camera: own.switchCamera,
    chat: () => switchPanel('chat'),
    keys: () => switchPanel('keys'),
    full: () => switchFull(),
    onTop: () => canBeOnTop(end) && switchOnTop(end),
  });
}

function useUnread(chat: readonly ChatEntry[], isOpen: boolean): number {
  const [lastSeen, setLastSeen] = useState(0);
  const newest = chat.at(-1)?.id ?? 0;
  useEffect(() => {
    if (isOpen) setLastSeen(newest);
  }, [isOpen, newest]);
  return isOpen ? 0 : countUnread(chat, lastSeen);
}

type AnnouncementsProps = {
  people: readonly Person[];
  /** The newest that was not read. */
  message: ChatEntry | undefined;
  otherName: string;
};

/** What is told beside the picture: a message to who does not see the number, and who came or went to everybody. */
function Announcements({ people, message, otherName }: AnnouncementsProps) {
  const change = useChange(people.map(({ name }) => name));
  return (
    <>
      <p class="unseen" role="status">
        {message && messages().chat.newMessage(message.name ?? otherName)}
      </p>
      <p class="people-change" role="status">
        {change}
      </p>
    </>
  );
}

const changeShownMs = 6_000;

/** Each new face is named, and each that goes: for a while, in a quiet line. */
function useChange(names: string[]): string | undefined {
  const before = useRef(names);
  // Nothing, rather than an empty text: that would be put in anew each time, and screen readers told of it.
  const [change, setChange] = useState<string>();
  const now = names.join('\n');
  useEffect(() => {
    const text = changeOf(before.current, names);
    before.current = names;
    if (!text) return undefined;
    setChange(text);
    const timer = setTimeout(() => setChange(undefined), changeShownMs);
    return () => clearTimeout(timer);
  }, [now]);
  return change;
}

/** Takes its height from the picture, which lies elsewhere on the page. */
function ConsultationNotice({ children }: { children: ComponentChildren }) {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const { style } = element.ownerDocument.documentElement;
    const measure = () => style.setProperty('--notice-height', `${element.offsetHeight}px`);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty('--notice-height');
    };
  }, []);
  return (
    <section ref={box} class="consultation-notice" aria-labelledby="consultation-notice">
      {children}
    </section>
  );
}

/** Closing the window by mistake ends a consultation, so the browser asks first. */
function warnBeforeLeaving(): () => void {
  const warn = (event: BeforeUnloadEvent) => {
    event.preventDefault();
    // Chrome before 119 and Safari ask only when this is set.
    event.returnValue = 'true';
  };
  addEventListener('beforeunload', warn);
  return () => removeEventListener('beforeunload', warn);
}
