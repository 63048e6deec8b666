import { UserRoundMinus } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { State } from '@sprechzimmer/design/notice.tsx';
import { Panel } from '../consultation/panel.tsx';
import type { ToolProps } from '../consultation/tools.ts';
import { messages as windowMessages } from '../consultation/messages.ts';
import { messages } from './messages.ts';
import { largeOf, pinned } from './people.ts';

/** Who is in the consultation beside oneself; the host can see a guest out. */
export function PeoplePanel({ context, onClose }: ToolProps) {
  const t = messages();
  const { people, onSeeOut } = context;
  const large = largeOf(people, pinned.value)?.id;
  return (
    <Panel title={t.title} closeLabel={windowMessages().closePanel} onClose={onClose}>
      <div class="panel-body stack">
        <ul class="people">
          {people.map(({ id, name, role, link, words }) => (
            <li key={id} class="people-person">
              <p class="people-name">{name}</p>
              <p class="quiet-text">{t.roles[role]}</p>
              {link !== 'connected' && <State tone="warn">{t[link]}</State>}
              {words && (
                <p class="quiet-text">
                  {t.words}:{' '}
                  <span lang="de" translate={false}>
                    {words.join(' · ')}
                  </span>
                </p>
              )}
              <div class="row">
                {id === large ? (
                  <State tone="info">{t.enlarged}</State>
                ) : (
                  <Button kind="quiet" onClick={() => (pinned.value = id)}>
                    {t.enlarge(name)}
                  </Button>
                )}
                {onSeeOut && people.length > 1 && (
                  <Button kind="quiet" icon={UserRoundMinus} onClick={() => onSeeOut(id)}>
                    <span aria-hidden="true">{t.seeOut}</span>
                    <span class="unseen">{t.seeOutName(name)}</span>
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
        {people.length > 1 && <p class="quiet-text">{t.vouched}</p>}
      </div>
    </Panel>
  );
}
