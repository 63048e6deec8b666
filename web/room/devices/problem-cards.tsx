import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { messages as roomMessages } from '../messages.ts';
import { useLoaded } from '../use-loaded.ts';
import { type DeviceProblem, deviceProblems } from './device-problems.ts';
import type { OwnDevices } from './own-devices.ts';
import { messages } from './problem-messages.ts';

const loadHelp = () => import('../browser/permission-help.tsx');

export type ProblemCardsProps = {
  own: OwnDevices;
  /** Of the participant, for taking it along to another browser. */
  code?: string | undefined;
};

/** What is wrong with camera or microphone: what to do about it, another try, and the way on without it. */
export function ProblemCards({ own, code }: ProblemCardsProps) {
  const t = messages();
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
          <Button onClick={() => void own.start()}>{roomMessages().devices.tryAgain}</Button>
          <Button kind="quiet" onClick={() => (accepted.value = [...accepted.value, keyOf(problem)])}>
            {t.without[problem.devices]}
          </Button>
        </>
      }
    >
      <Remedy problem={problem} own={own} code={code} />
      {problem.devices === 'camera' && problem.trouble !== 'missing' && <p>{t.soundEnough}</p>}
    </Notice>
  ));
}

function Remedy({
  problem: { trouble, devices },
  own,
  code,
}: { problem: DeviceProblem } & ProblemCardsProps) {
  const t = messages();
  switch (trouble) {
    case 'blocked':
      return <BlockedHelp wanted={devices} code={code} onAllowed={() => void own.start()} />;
    case 'missing':
      return <p>{t.connect[devices]}</p>;
    case 'busy':
      return <p>{t.free}</p>;
    default:
      return trouble satisfies never;
  }
}

type BlockedHelpProps = {
  wanted: DeviceProblem['devices'];
  code: string | undefined;
  onAllowed: () => void;
};

/** The pictures come only to whom it happens. */
function BlockedHelp(props: BlockedHelpProps) {
  const help = useLoaded(loadHelp);
  return help ? <help.PermissionHelp {...props} /> : <p>{messages().blockedHow}</p>;
}

function keyOf({ trouble, devices }: DeviceProblem): string {
  return `${trouble} ${devices}`;
}
