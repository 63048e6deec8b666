import { ButtonLink } from '@sprechzimmer/design/button.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { Mail } from 'lucide';
import { PublicLink } from '../public-pages/public-link.tsx';
import { copyText } from './copy-text.ts';
import { mailHelpPage } from './mail-help.ts';
import { longestMailto, mailtoLink, readRecipient } from './mail.ts';
import { invitationMessages } from './messages.ts';
import { factsOf, render } from './texts.ts';
import { LastSent, TextPreview, type WayProps } from './way.tsx';

/** The practitioner's own mail program. Nobody can know here whether the mail was sent in the end. */
export function MailWay({ work, entry, participant, note }: WayProps) {
  const say = invitationMessages().mail;
  const { session } = work;
  const { language } = participant;
  const facts = factsOf(session, { ...entry.stored, ...entry.record }, participant);
  const mail = render('mail', language, session, facts);
  const address = readRecipient(participant.email);
  const whole = mailtoLink(address, mail);
  const isTooLong = whole.length > longestMailto;
  const href = isTooLong ? mailtoLink(address, { ...mail, text: '' }) : whole;
  return (
    <div class="stack-tight">
      <ButtonLink
        href={href}
        kind="primary"
        size="large"
        wide
        icon={Mail}
        onClick={() => {
          if (isTooLong) void copyText(mail.text, null);
          note('mail-program');
        }}
      >
        {say.write}
      </ButtonLink>
      <p class="quiet-text">{address ? say.to(address) : say.withoutAddress}</p>
      {isTooLong && <p>{say.tooLong}</p>}
      <LiveText>
        <LastSent participant={participant} way="mail-program" />
        {participant.sent.some(({ way }) => way === 'mail-program') && (
          <p class="quiet-text">{say.unknown}</p>
        )}
      </LiveText>
      <PublicLink page={mailHelpPage(navigator.userAgent)} class="button button-quiet">
        {say.notOpening}
      </PublicLink>
      <TextPreview {...mail} language={language} onCopied={() => note('copied')} />
    </div>
  );
}
