import { render } from 'preact';
import { useState } from 'preact/hooks';
import { Copy } from 'lucide';
import { groupCode, type CodeReading } from '@sprechzimmer/crypto/code.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { LanguageSwitch } from '@sprechzimmer/design/language-switch.tsx';
import { Brand, Card, LiveText, Page, Title } from '@sprechzimmer/design/page.tsx';
import { messages } from '../messages.ts';
import type { Lack } from '../support.ts';

/** Not possible here: names the reason and takes the invitation along to a browser where it is. */
export function showUnsupported(root: HTMLElement, lack: Lack, link: CodeReading | undefined): void {
  render(<Unsupported lack={lack} code={link?.kind === 'code' ? link.code : undefined} />, root);
}

function Unsupported({ lack, code }: { lack: Lack; code: string | undefined }) {
  const t = messages();
  const [copying, setCopying] = useState<'copied' | 'failed'>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(`${location.origin}/#${code}`);
      setCopying('copied');
    } catch {
      setCopying('failed');
    }
  }
  return (
    <Page
      header={
        <>
          <Brand name={t.common.title} />
          <LanguageSwitch />
        </>
      }
    >
      <Title>{t.unsupported.title}</Title>
      <Card>
        <p class="lead">{t.unsupported[lack]}</p>
        {code && (
          <>
            <Button kind="primary" icon={Copy} onClick={() => void copy()}>
              {t.unsupported.copyLink}
            </Button>
            <LiveText>{copying === 'copied' && t.unsupported.copied}</LiveText>
            <p>{copying === 'failed' ? t.unsupported.copyFailed : t.unsupported.yourCode}</p>
            <p class="code-shown">{groupCode(code)}</p>
          </>
        )}
        <p>{t.unsupported.orCall}</p>
      </Card>
    </Page>
  );
}
