import { Panel } from '../consultation/panel.tsx';
import { messages as windowMessages } from '../consultation/messages.ts';
import type { ToolProps } from '../consultation/tools.ts';
import { HintChoice } from './hint-choice.tsx';

/** For whoever is in the consultation and is not heard. */
export function HintPanel({ context: { port }, onClose }: ToolProps) {
  const t = windowMessages();
  return (
    <Panel title={t.showHint} closeLabel={t.closePanel} onClose={onClose}>
      <div class="panel-body">
        {port.peers.map((peer) => (
          <HintChoice
            key={peer.id}
            id={peer.id}
            suggested={[]}
            unfolded
            send={(hint) => peer.send({ kind: 'hint', hint })}
          />
        ))}
      </div>
    </Panel>
  );
}
