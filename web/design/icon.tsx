import { h } from 'preact';
import type { IconNode } from 'lucide';

export type { IconNode };

/** A drawing from the lucide set. It never stands alone: the words beside it carry the meaning. */
export function Icon({ node, class: className = '' }: { node: IconNode; class?: string }) {
  return (
    <svg class={`icon ${className}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {node.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
