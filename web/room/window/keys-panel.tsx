import { Checkbox } from '@sprechzimmer/design/fields.tsx';
import { keys } from '../consultation/keys.ts';
import { Panel } from '../consultation/panel.tsx';
import type { ToolProps } from '../consultation/tools.ts';
import { messages } from './messages.ts';

const letters = { microphone: 'M', camera: 'V', chat: 'C', full: 'F', onTop: 'P', keys: '?' } as const;

/** All single keys, and the switch for whom they are in the way. */
export function KeysPanel({ context, onClose }: ToolProps) {
  const t = messages();
  const list = Object.entries(letters) as [keyof typeof letters, string][];
  return (
    <Panel title={t.keys.title} closeLabel={t.close} onClose={onClose}>
      <div class="panel-body stack">
        <dl class="key-list">
          {list.map(([what, key]) => (
            <KeyLine key={what} letter={key} meaning={t.keys[what]} />
          ))}
          {context.end === 'host' && <KeyLine letter="N" meaning={t.keys.next} />}
          <KeyLine letter="Esc" meaning={t.keys.escape} />
        </dl>
        <div>
          <Checkbox label={t.keys.on} checked={keys.isOn.value} onChange={keys.set} />
          <p class="quiet-text">{t.keys.off}</p>
        </div>
      </div>
    </Panel>
  );
}

function KeyLine({ letter, meaning }: { letter: string; meaning: string }) {
  return (
    <div class="key-line">
      <dt>
        <kbd>{letter}</kbd>
      </dt>
      <dd>{meaning}</dd>
    </div>
  );
}
