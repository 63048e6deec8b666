import { useState } from 'preact/hooks';
import { ScreenShare } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Panel } from '../consultation/panel.tsx';
import type { ToolProps } from '../consultation/tools.ts';
import { messages } from './messages.ts';
import { startSharing } from './start-sharing.ts';

/** One calm sentence before the browser's own question. */
export function SharePanel({ context: { own, end }, onClose }: ToolProps) {
  const t = messages();
  const [problem, setProblem] = useState<'blocked' | 'failed'>();
  async function share() {
    const outcome = await startSharing(own.media);
    if (outcome === 'blocked' || outcome === 'failed') setProblem(outcome);
    else onClose();
  }
  return (
    <Panel title={t.title} closeLabel={t.close} onClose={onClose}>
      <div class="panel-body stack">
        <p>{t.before[end]}</p>
        {problem && <Notice tone="warn">{t[problem]}</Notice>}
        <Button kind="primary" icon={ScreenShare} data-first onClick={() => void share()}>
          {t.choose}
        </Button>
      </div>
    </Panel>
  );
}
