import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import type { ComponentChildren } from 'preact';

type UnfoldingProps = {
  title: string;
  lead?: string | undefined;
  button?: string;
  danger?: boolean;
  /** @param close folds it again */
  children: (close: () => void) => ComponentChildren;
};

/** One thing that can be done, as a card; its form comes when it is wanted. */
export function Unfolding({ title, lead, button = title, danger = false, children }: UnfoldingProps) {
  const open = useSignal(false);
  return (
    <Card>
      <h2>{title}</h2>
      {lead && <p>{lead}</p>}
      {open.value ? (
        children(() => (open.value = false))
      ) : (
        <Button class={danger ? 'button-danger-quiet' : ''} onClick={() => (open.value = true)}>
          {button}
        </Button>
      )}
    </Card>
  );
}
