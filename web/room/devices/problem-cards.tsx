import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { messages } from '../messages.ts';
import { browserFamily, type DeviceProblem, deviceProblems } from './device-problems.ts';
import type { OwnDevices } from './own-devices.ts';

/** What is wrong with camera or microphone: what to do about it, another try, and the way on without it. */
export function ProblemCards({ own }: { own: OwnDevices }) {
  const t = messages().devices;
  const accepted = useSignal<string[]>([]);
  if (own.asking.value) return null;
  const problems = deviceProblems(own.readiness.value).filter(
    (problem) => !accepted.value.includes(keyOf(problem)),
  );
  return problems.map((problem) => (
    <Notice
      key={keyOf(problem)}
      tone="warn"
      title={t[`${problem.trouble}Title`][problem.devices]}
      actions={
        <>
          <Button onClick={() => void own.start()}>{t.tryAgain}</Button>
          <Button kind="quiet" onClick={() => (accepted.value = [...accepted.value, keyOf(problem)])}>
            {t.without[problem.devices]}
          </Button>
        </>
      }
    >
      <p>{remedy(problem)}</p>
      {problem.devices === 'camera' && problem.trouble !== 'missing' && <p>{t.soundEnough}</p>}
    </Notice>
  ));
}

function remedy({ trouble, devices }: DeviceProblem): string {
  const t = messages().devices;
  switch (trouble) {
    case 'blocked':
      return t.allow[browserFamily(navigator.userAgent, navigator.maxTouchPoints)](t.thing[devices]);
    case 'missing':
      return t.connect[devices];
    case 'busy':
      return t.free;
    default:
      return trouble satisfies never;
  }
}

function keyOf({ trouble, devices }: DeviceProblem): string {
  return `${trouble} ${devices}`;
}
