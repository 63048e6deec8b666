import { useEffect, useState } from 'preact/hooks';
import { Copy } from 'lucide';
import { groupCode } from '@sprechzimmer/crypto/code.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { messages } from './messages.ts';

/**
 * Takes the invitation along to another browser. While it is shown the code stands in the address again, so that a
 * program's own "open in browser" takes it along, too.
 */
export function TakeAlong({ code, primary = false }: { code: string; primary?: boolean }) {
  const t = messages();
  const [copying, setCopying] = useState<'copied' | 'failed'>();
  useEffect(() => {
    const before = location.pathname + location.search;
    history.replaceState(history.state, '', `${before}#${code}`);
    return () => history.replaceState(history.state, '', before);
  }, [code]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(`${location.origin}/#${code}`);
      setCopying('copied');
    } catch {
      setCopying('failed');
    }
  }
  return (
    <div class="stack-tight">
      <div>
        <Button kind={primary ? 'primary' : 'secondary'} icon={Copy} onClick={() => void copy()}>
          {t.copyLink}
        </Button>
      </div>
      <LiveText>{copying === 'copied' && t.copied}</LiveText>
      <p>{copying === 'failed' ? t.copyFailed : t.yourCode}</p>
      <p class="code-shown">{groupCode(code)}</p>
    </div>
  );
}
