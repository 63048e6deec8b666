import type { Verdict } from '@sprechzimmer/call/connection-test.ts';
import { Notice, State, type Tone } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText } from '@sprechzimmer/design/page.tsx';
import type { Browser } from '../browser/browser.ts';
import { messages as browserMessages } from '../browser/messages.ts';
import type { OwnDevices } from '../devices/own-devices.ts';
import { pictureSize } from '../devices/picture-size.ts';
import { messages } from './messages.ts';
import { summarise, type SummaryItem } from './summary.ts';

type SummaryCardProps = {
  own: OwnDevices;
  toneHeard: boolean | undefined;
  verdict: Verdict | undefined;
  browser: Browser;
};

const tones = { good: 'good', open: 'info', warn: 'warn', bad: 'bad' } as const satisfies Record<
  SummaryItem['tone'],
  Tone
>;

/** All of it in a few words, to be read out on the telephone. */
export function SummaryCard({ own, toneHeard, verdict, browser }: SummaryCardProps) {
  const t = messages();
  const { overall, items } = summarise({
    readiness: own.readiness.value,
    asking: own.asking.value,
    isSmall: pictureSize(own.media.camera)?.isSmall ?? false,
    heard: own.heard.value,
    toneHeard,
    verdict,
  });
  const isReady = overall === 'ready' || overall === 'mostly';
  return (
    <Card class="check-summary">
      <h2>{t.result}</h2>
      <LiveText>
        {isReady ? (
          <Notice tone="good" title={t[overall]} />
        ) : (
          <p class="check-overall">{overall === 'open' ? t.missing : t.problems}</p>
        )}
      </LiveText>
      <dl class="check-items">
        {items.map(({ what, tone, word }) => (
          <div key={what}>
            <dt>{t.items[what]}</dt>
            <dd>
              <State tone={tones[tone]}>{t.words[word]}</State>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t.browser}</dt>
          <dd>
            {t.tested(
              `${browserMessages().names[browser.name]} ${browser.version ?? ''}`.trim(),
              t.systems[browser.system],
            )}
          </dd>
        </div>
      </dl>
      <p class="quiet-text">{t.resultHint}</p>
      {overall === 'problems' && <p>{t.anyway}</p>}
    </Card>
  );
}
