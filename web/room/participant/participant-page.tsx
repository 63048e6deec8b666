import type { ComponentChildren } from 'preact';
import { LanguageSwitch } from '@sprechzimmer/design/language-switch.tsx';
import { Brand, Page } from '@sprechzimmer/design/page.tsx';
import { messages } from '../messages.ts';

/** The frame of the participant's pages outside the consultation. */
export function ParticipantPage({ wide = false, children }: { wide?: boolean; children: ComponentChildren }) {
  return (
    <Page
      width={wide ? 'wide' : 'narrow'}
      header={
        <>
          <Brand name={messages().common.title} />
          <LanguageSwitch />
        </>
      }
    >
      {children}
    </Page>
  );
}
