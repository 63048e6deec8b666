import type { ToolProps } from '../consultation/tools.ts';
import { HintChoice } from './hint-choice.tsx';

/** For whoever is in the consultation and is not heard. */
export function HintPanel({ context: { port } }: ToolProps) {
  return port.peers.map((peer) => (
    <HintChoice
      key={peer.id}
      id={peer.id}
      suggested={[]}
      send={(hint) => peer.send({ kind: 'hint', hint })}
    />
  ));
}
