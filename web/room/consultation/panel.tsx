import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { X } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { messages } from './messages.ts';
import type { Tool, ToolContext, ToolProps } from './tools.ts';

type PanelProps = {
  title: string;
  /** In words, for who does not see the cross. */
  closeLabel: string;
  onClose: () => void;
  children: ComponentChildren;
};

/** What is open beside the picture, or over its lower part where there is no room beside it. One at a time. */
export function Panel({ title, closeLabel, onClose, children }: PanelProps) {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const page = box.current?.ownerDocument;
    const before = page?.activeElement;
    // Where one writes or chooses; in a panel that is to be read, at its top.
    const first = box.current?.querySelector<HTMLElement>('textarea, select');
    (first ?? box.current?.querySelector('button'))?.focus();
    // Whoever closes it with a key goes on where they were.
    return () => {
      if (before instanceof HTMLElement && box.current?.contains(page?.activeElement ?? null)) before.focus();
    };
  }, []);
  return (
    <section ref={box} class="panel" aria-label={title}>
      <header class="panel-header">
        <h2>{title}</h2>
        <Button kind="quiet" icon={X} onClick={onClose}>
          <span class="unseen">{closeLabel}</span>
        </Button>
      </header>
      {children}
    </section>
  );
}

type ToolNoticesProps = { tools: readonly Tool[]; context: ToolContext; open: string | undefined };

/** The panel of a tool, once its code is there. */
export function ToolPanel({ tool, context, onClose }: ToolProps & { tool: Tool }) {
  const [Loaded, setLoaded] = useState<{ Panel: ComponentType<ToolProps> }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    tool.loadPanel?.().then(
      (Content) => setLoaded({ Panel: Content }),
      () => setFailed(true),
    );
  }, []);
  if (Loaded) return <Loaded.Panel context={context} onClose={onClose} />;
  if (!failed) return null;
  const t = messages();
  return (
    <Panel title={tool.label(context)} closeLabel={t.closePanel} onClose={onClose}>
      <p class="panel-body">{t.notLoaded}</p>
    </Panel>
  );
}

/** What the tools have to say while their panels are closed. */
export function ToolNotices({ tools, context, open }: ToolNoticesProps) {
  return (
    <div role="status">
      {tools.map((tool) => {
        const notice = tool.id === open ? undefined : tool.notice?.(context);
        return (
          notice && (
            <button
              key={tool.id}
              type="button"
              class="tool-notice"
              onClick={() => context.showPanel(tool.id)}
            >
              {notice}
            </button>
          )
        );
      })}
    </div>
  );
}

/** Tells each tool that a consultation has begun, and when it is over. */
export function useTools(tools: readonly Tool[], context: ToolContext): void {
  // What a tool holds from the beginning on shows what is now.
  const live = useRef({ ...context }).current;
  Object.assign(live, context);
  useEffect(() => {
    const ends = tools.map((tool) => tool.begin?.(live));
    return () => {
      for (const end of ends) end?.();
    };
  }, []);
}
