import type { ComponentChildren } from 'preact';
import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide';
import { Icon, type IconNode } from './icon.tsx';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

const shapes = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: OctagonAlert } satisfies Record<
  Tone,
  IconNode
>;

type NoticeProps = { tone?: Tone; title?: string; actions?: ComponentChildren; children?: ComponentChildren };

/** What is, in one sentence, and what to do. Each tone has its own shape beside its colour. */
export function Notice({ tone = 'info', title, actions, children }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`}>
      <Icon node={shapes[tone]} />
      <div class="notice-body">
        {title && <p class="notice-title">{title}</p>}
        {typeof children === 'string' ? <p>{children}</p> : children}
        {actions && <div class="notice-actions">{actions}</div>}
      </div>
    </div>
  );
}

/** A state in a word with its shape, such as "Kamera an". */
export function State({
  tone = 'info',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconNode;
  children: ComponentChildren;
}) {
  return (
    <span class={`state state-${tone}`}>
      <Icon node={icon ?? shapes[tone]} />
      {children}
    </span>
  );
}
