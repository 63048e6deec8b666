import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LockKeyhole, Signal, SignalLow, SignalMedium, SignalZero } from 'lucide';
import type { PathHealth } from '@sprechzimmer/call/path-health.ts';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { messages as roomMessages } from '../messages.ts';
import { messages } from './messages.ts';
import { type Usage, usageAfter } from './usage.ts';

export type Health = ReadonlySignal<PathHealth | undefined>;

type InfoLineProps = {
  words: readonly string[] | undefined;
  path: 'direct' | 'relayed' | undefined;
  health: Health;
  own: OwnDevices;
  children?: ComponentChildren;
};

/** One quiet line on how the two are connected and how well; unfolds to the words that both sides can compare. */
export function InfoLine({ words, path, health, own, children }: InfoLineProps) {
  const t = roomMessages().consultation;
  const [open, setOpen] = useState(false);
  const usage = useUsage(health);
  const since = useRef(Date.now());
  return (
    <details
      class="security-line"
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        event.currentTarget.open = false;
      }}
    >
      <summary>
        <Icon node={LockKeyhole} />
        <span class="line-way">{path ? t.secure[path] : t.secureUnknown}</span>
        <Quality health={health} />
      </summary>
      <div class="stack-tight">
        {open && <Details health={health} usage={usage} sinceMs={since.current} own={own} />}
        {path && <p>{path === 'direct' ? t.pathDirect : t.pathRelayed}</p>}
        {words && (
          <>
            <h2>{t.wordsTitle}</h2>
            <p class="words" lang="de" translate={false}>
              {words.join(' · ')}
            </p>
            <p>{t.wordsExplanation}</p>
          </>
        )}
        {children}
      </div>
    </details>
  );
}

const shapes = { good: Signal, fair: SignalMedium, weak: SignalLow, lost: SignalZero };

/** Drawn anew only when the word changes. */
function Quality({ health }: { health: Health }) {
  const quality = useComputed(() => health.value?.quality).value;
  if (!quality) return null;
  return (
    <span class={`line-quality line-quality-${quality}`}>
      <Icon node={shapes[quality]} />
      {messages().quality[quality]}
    </span>
  );
}

function useUsage(health: Health): ReadonlySignal<Usage | undefined> {
  const usage = useSignal<Usage>();
  useEffect(
    () =>
      health.subscribe((now) => {
        if (now) usage.value = usageAfter(usage.value, now, Date.now());
      }),
    [health],
  );
  return usage;
}

type DetailsProps = {
  health: Health;
  usage: ReadonlySignal<Usage | undefined>;
  sinceMs: number;
  own: OwnDevices;
};

/** Loaded once somebody unfolds the line. */
function Details(props: DetailsProps) {
  const [Loaded, setLoaded] = useState<{ Lines: ComponentType<DetailsProps> }>();
  useEffect(() => {
    import('../window/line-details.tsx').then(
      ({ LineDetails }) => setLoaded({ Lines: LineDetails }),
      () => {}, // The rest of what unfolds is there without it.
    );
  }, []);
  return Loaded ? <Loaded.Lines {...props} /> : null;
}
