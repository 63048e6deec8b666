import { MessageSquareShare } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { State } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { type Hint, hints } from '@sprechzimmer/protocol/side-message.ts';
import { messages } from './messages.ts';
import { sendHint, sentHints } from './sent-hints.ts';

/** From where the choice is, so that both are one file to load. */
export { followHints } from './sent-hints.ts';

type HintChoiceProps = {
  /** Of the invitation. */
  id: string;
  /** What fits best, offered first and at one press. */
  suggested: readonly Hint[];
  /** All of them are there to be chosen from. */
  unfolded?: boolean;
  send: (hint: Hint | null) => boolean;
};

/** One press shows a sentence, large, on the page of the other side; what became of it stands below. */
export function HintChoice({ id, suggested, unfolded = false, send }: HintChoiceProps) {
  const t = messages();
  const sent = sentHints.value.get(id);
  const [first] = suggested;
  const others = hints.filter((hint) => hint !== first);
  const choose = (hint: Hint | null) => sendHint(id, hint, send);
  return (
    <div class="hint-choice">
      {first && sent?.hint !== first && (
        <Button icon={MessageSquareShare} onClick={() => choose(first)}>
          {t.send(t.sentences[first])}
        </Button>
      )}
      <LiveText>
        {sent && (
          <div class="hint-sent">
            <State tone={sent.state === 'shown' ? 'good' : sent.state === 'failed' ? 'warn' : 'info'}>
              {sent.state === 'failed' ? t.notSent : t[sent.state](t.sentences[sent.hint])}
            </State>
            <Button kind="quiet" onClick={() => choose(null)}>
              {t.takeBack}
            </Button>
          </div>
        )}
      </LiveText>
      {unfolded ? (
        <HintList hints={others} onChoose={choose} />
      ) : (
        <details>
          <summary>{t.others}</summary>
          <HintList
            hints={others}
            onChoose={(hint, button) => {
              choose(hint);
              const fold = button.closest('details');
              if (fold) fold.open = false;
            }}
          />
        </details>
      )}
    </div>
  );
}

type HintListProps = { hints: readonly Hint[]; onChoose: (hint: Hint, button: HTMLElement) => void };

function HintList({ hints: offered, onChoose }: HintListProps) {
  const t = messages();
  return (
    <ul>
      {offered.map((hint) => (
        <li key={hint}>
          <Button kind="quiet" onClick={(event) => onChoose(hint, event.currentTarget)}>
            {t.sentences[hint]}
          </Button>
        </li>
      ))}
    </ul>
  );
}
