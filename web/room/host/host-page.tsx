import type { ComponentChildren } from 'preact';
import { Brand, Card, LiveText, Page, Title } from '@sprechzimmer/design/page.tsx';
import { messages } from '../messages.ts';

/** A page of the host's window with one thing to say. */
export function HostPage({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <Page header={<Brand name={messages().host.title} />}>
      <Title>{title}</Title>
      <Card>
        <LiveText class="stack">{children}</LiveText>
      </Card>
    </Page>
  );
}
