import { useEffect, useRef, useState } from 'preact/hooks';
import { Ellipsis } from 'lucide';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { messages } from './messages.ts';
import type { Tool, ToolContext } from './tools.ts';

type ToolsProps = { tools: readonly Tool[]; context: ToolContext };

/** The tools that have their place in the bar, where it is wide enough. */
export function BarTools({ tools, context }: ToolsProps) {
  return tools
    .filter(({ inBar }) => inBar)
    .map((tool) => (
      <ToolButton
        key={tool.id}
        tool={tool}
        class="bar-button bar-tool"
        context={context}
        onChosen={() => {}}
      />
    ));
}

/** All else that one may choose, behind one button. Closes by choosing, by Escape and by going elsewhere. */
export function ToolMenu({ tools, context }: ToolsProps) {
  const t = messages();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const page = box.current?.ownerDocument;
    if (!open || !page) return undefined;
    const elsewhere = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false);
    };
    page.addEventListener('pointerdown', elsewhere);
    page.addEventListener('focusin', elsewhere);
    return () => {
      page.removeEventListener('pointerdown', elsewhere);
      page.removeEventListener('focusin', elsewhere);
    };
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      ref={box}
      class="tool-menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={button}
        type="button"
        class="bar-button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon node={Ellipsis} />
        <span class="bar-label">{t.more}</span>
      </button>
      {open && (
        <ul class="tool-menu-list">
          {tools.map((tool) => (
            <li key={tool.id}>
              <ToolButton tool={tool} class="tool-menu-item" context={context} onChosen={close} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type ToolButtonProps = { tool: Tool; class: string; context: ToolContext; onChosen: () => void };

function ToolButton({ tool, class: className, context, onChosen }: ToolButtonProps) {
  const unseen = tool.unseen?.(context) ?? 0;
  const choose = () => {
    onChosen();
    if (tool.onChoose) tool.onChoose(context);
    else context.showPanel(tool.id);
  };
  return (
    <button type="button" class={className} aria-pressed={tool.isOn?.(context)} onClick={choose}>
      <Icon node={tool.icon} />
      <span class="bar-label">{tool.label(context)}</span>
      {unseen > 0 && (
        <>
          <span class="unread" aria-hidden="true">
            {unseen}
          </span>
          <span class="unseen">{messages().unseen(unseen)}</span>
        </>
      )}
    </button>
  );
}
