import { Button } from '@sprechzimmer/design/button.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';
import { Check, Phone } from 'lucide';
import { invitationMessages } from './messages.ts';
import { spellCode } from './spelling.ts';
import { LastSent, Way, type WayProps } from './way.tsx';
import { language as screenLanguage } from '@sprechzimmer/design/i18n.ts';

/** What to say on the telephone, the code with the words that spell it. */
export function ReadAloudWay({ work, participant, note }: WayProps) {
  const say = invitationMessages().aloud;
  const address = work.session.roomOrigin.replace(/^https?:\/\//, '');
  return (
    <Way icon={Phone} title={say.title}>
      {() => (
        <>
          <p>{say.say}</p>
          <p>{say.open(address)}</p>
          <p>{say.then}</p>
          <SpelledCode code={participant.code} language={screenLanguage.value} />
          <p>{say.again}</p>
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
  const say = invitationMessages().aloud;
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
