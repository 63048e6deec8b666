import { Button } from '@sprechzimmer/design/button.tsx';
import { messages } from './messages.ts';

type CompareWordsProps = {
  words: readonly string[];
  name: string;
  onSame: () => void;
  onDifferent: () => void;
};

/** Asked once: the server has known this invitation's code, so the words tell whether it has made use of it. */
export function CompareWords({ words, name, onSame, onDifferent }: CompareWordsProps) {
  const t = messages();
  return (
    <div class="compare-words">
      <p id="consultation-notice">{t.compare(name)}</p>
      <p class="words" lang="de" translate={false}>
        {words.join(' · ')}
      </p>
      <p class="quiet-text">{t.compareHow}</p>
      <div class="row">
        <Button kind="primary" onClick={onSame}>
          {t.same}
        </Button>
        <Button onClick={onDifferent}>{t.different}</Button>
      </div>
    </div>
  );
}
