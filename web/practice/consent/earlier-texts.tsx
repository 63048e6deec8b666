import { Card } from '@sprechzimmer/design/page.tsx';
import type { ConsentProfile } from '@sprechzimmer/protocol/invitation-settings.ts';
import { longDay } from './long-day.ts';
import { consentMessages } from './messages.ts';

/** Since when the text holds, and those before it, to which consents were given. */
export function EarlierTexts({ texts }: { texts: ConsentProfile['texts'] }) {
  const say = consentMessages();
  const current = texts.at(-1);
  if (!current) return null;
  const earlier = texts
    .slice(0, -1)
    .map((text, index) => ({ ...text, until: texts[index + 1]?.since ?? '' }));
  return (
    <Card quiet class="screen-only">
      <p>{say.current(longDay(current.since))}</p>
      {earlier.length > 0 && <h2>{say.earlierTitle}</h2>}
      {earlier.toReversed().map(({ since, until, de, en }) => (
        <details key={since}>
          <summary>{say.earlier(longDay(since), longDay(until))}</summary>
          <div class="consent-text" lang="de">
            {de}
          </div>
          {en !== '' && (
            <div class="consent-text" lang="en">
              {en}
            </div>
          )}
        </details>
      ))}
    </Card>
  );
}
