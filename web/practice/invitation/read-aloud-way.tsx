import { Button } from '@sprechzimmer/design/button.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';
import { Check, Phone } from 'lucide';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';
import { invitationMessages } from './messages.ts';
import { spellCode } from './spelling.ts';
import { LastSent, Way, type WayProps } from './way.tsx';

/** What to say on the telephone, the code with the words that spell it. */
export function ReadAloudWay({ work, participant, note }: WayProps) {
  const say = invitationMessages().aloud;
  const { code, language } = participant;
  const spoken = (language === 'en' ? english : german).aloud;
  const address = work.session.roomOrigin.replace(/^https?:\/\//, '');
  return (
    <Way icon={Phone} title={say.title}>
      {() => (
        <>
          <p>{say.say}</p>
          <div lang={language} class="stack-tight">
            <p>{spoken.open(address)}</p>
            <p>{spoken.typeIt}</p>
            <SpelledCode code={code} language={language} />
            <p>{spoken.again}</p>
          </div>
          <Button icon={Check} onClick={() => note('read-aloud')}>
            {say.done}
          </Button>
          <LiveText>
            <LastSent participant={participant} way="read-aloud" />
          </LiveText>
        </>
      )}
    </Way>
  );
}

function SpelledCode({ code, language }: { code: string; language: InvitationLanguage }) {
  const say = (language === 'en' ? english : german).aloud;
  return (
    <ol class="spelled">
      {spellCode(code, language).map((group, index) => (
        <li key={index}>
          <h3>{say.group(index + 1)}</h3>
          <ol class="spelled-group">
            {group.map(({ symbol, word }, place) => (
              <li key={place}>
                <code>{symbol}</code> <span>{word}</span>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
