import { AppWindow, CircleCheck, MicOff, Ruler, VideoOff, VolumeX, WifiLow } from 'lucide';
import type { IconNode } from '@sprechzimmer/design/icon.tsx';
import { State } from '@sprechzimmer/design/notice.tsx';
import { severity, type Trouble } from './light.ts';
import { messages } from './messages.ts';

const icons: [prefix: string, icon: IconNode][] = [
  ['microphone-silent', VolumeX],
  ['microphone', MicOff],
  ['camera', VideoOff],
  ['line', WifiLow],
  ['in-app', AppWindow],
  ['picture', Ruler],
];

/** Ready, or what is wrong: each in a word, with a shape beside its colour. */
export function ReadinessLight({ troubles }: { troubles: readonly Trouble[] }) {
  const t = messages();
  if (troubles.length === 0) {
    return (
      <State tone="good" icon={CircleCheck}>
        {t.ready}
      </State>
    );
  }
  return troubles.map((trouble) => (
    <State
      key={trouble}
      tone={severity[trouble]}
      icon={icons.find(([prefix]) => trouble.startsWith(prefix))?.[1] ?? CircleCheck}
    >
      {t.troubles[trouble]}
    </State>
  ));
}
