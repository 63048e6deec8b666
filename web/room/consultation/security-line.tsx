import type { ComponentChildren } from 'preact';
import { LockKeyhole } from 'lucide';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { messages } from '../messages.ts';

type SecurityLineProps = {
  words: readonly string[] | undefined;
  path: 'direct' | 'relayed' | undefined;
  children?: ComponentChildren;
};

/** One quiet line on how the two are connected; unfolds to the words that both sides can compare. */
export function SecurityLine({ words, path, children }: SecurityLineProps) {
  const t = messages().consultation;
  return (
    <details class="security-line">
      <summary>
        <Icon node={LockKeyhole} />
        {path ? t.secure[path] : t.secureUnknown}
      </summary>
      <div class="stack-tight">
        {path && <p>{path === 'direct' ? t.pathDirect : t.pathRelayed}</p>}
        {words && (
          <>
            <h2>{t.wordsTitle}</h2>
            <p class="words" lang="de" translate={false}>
              {words.join(' · ')}
            </p>
            <p>{t.wordsExplanation}</p>
          </>
        )}
        {children}
      </div>
    </details>
  );
}
