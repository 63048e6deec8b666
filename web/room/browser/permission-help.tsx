import { useEffect, useState } from 'preact/hooks';
import { thisBrowser } from './browser.ts';
import { messages } from './messages.ts';
import { followPermission, type Permission } from './permission.ts';
import { StepList } from './step-list.tsx';
import { leaveSteps, permissionSteps, systemSteps, type Wanted } from './steps.ts';
import { TakeAlong } from './take-along.tsx';

type PermissionHelpProps = {
  wanted: Wanted;
  code: string | undefined;
  /** The person has allowed it: no button is needed. */
  onAllowed: () => void;
};

/** How to lift a block, in the words and pictures of this browser and system. */
export function PermissionHelp({ wanted, code, onAllowed }: PermissionHelpProps) {
  const t = messages();
  const [browser] = useState(thisBrowser);
  const [permission, setPermission] = useState<Permission>();
  useEffect(() => followPermission(wanted, setPermission, onAllowed), [wanted]);
  const { system, insideOf } = browser;
  if (insideOf !== undefined) {
    return (
      <div class="stack-tight">
        <p>{t.lack.inside(insideOf)}</p>
        <StepList steps={leaveSteps(system, t)} />
        {code && <p>{t.orCopy}</p>}
        {code && <TakeAlong code={code} />}
      </div>
    );
  }
  const ofSystem = systemSteps(browser, wanted, t);
  // The page is allowed, and still gets nothing: the system holds it back.
  if (permission === 'granted' && ofSystem.length > 0) {
    return (
      <div class="stack-tight">
        <p>{t.systemFirst}</p>
        <StepList steps={ofSystem} />
      </div>
    );
  }
  const ofBrowser = permissionSteps(browser, wanted, t);
  return (
    <div class="stack-tight">
      <StepList steps={ofBrowser} />
      {system !== 'other' && ofSystem[0]?.text !== ofBrowser[0]?.text && (
        <details>
          <summary>{t.systemTitle[system]}</summary>
          <StepList steps={ofSystem} />
        </details>
      )}
    </div>
  );
}
