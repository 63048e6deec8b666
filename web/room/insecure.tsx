import type { ComponentChildren } from 'preact';
import { ShieldX } from 'lucide';
import type { InsecureReason } from '@sprechzimmer/call/insecure.ts';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { Title } from '@sprechzimmer/design/page.tsx';
import { messages } from './messages.ts';

/** The red page. There is no way on from here: whoever wants to talk takes the telephone. */
export function Insecure({ reason, children }: { reason: InsecureReason; children: ComponentChildren }) {
  const t = messages().insecure;
  return (
    <main class="insecure">
      <div class="insecure-column" role="alert">
        <Icon node={ShieldX} />
        <Title>{t.title}</Title>
        <p class="lead">{t.text}</p>
        {children}
        <p class="insecure-reason">{t.kind(reason)}</p>
      </div>
    </main>
  );
}
