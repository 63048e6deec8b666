import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextArea } from '@sprechzimmer/design/fields.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { FileText, Printer } from 'lucide';
import { createPortal } from 'preact/compat';
import { QrCode } from '../device/qr-code.tsx';
import { LetterPaper } from './letter-paper.tsx';
import { invitationLink } from './mail.ts';
import { invitationMessages } from './messages.ts';
import { factsOf, render } from './texts.ts';
import { LastSent, TextPreview, Way, type WayProps } from './way.tsx';

/** An A4 letter; while this way is open, it is what the page prints as. */
export function LetterWay({ work, entry, participant, note }: WayProps) {
  const say = invitationMessages().letter;
  const address = useSignal(participant.name);
  const { session } = work;
  const { language, code } = participant;
  const facts = factsOf(session, { ...entry.stored, ...entry.record }, participant);
  const letter = render('letter', language, session, facts);
  const link = invitationLink(session.roomOrigin, code);
  return (
    <Way icon={FileText} title={say.title}>
      {() => (
        <>
          <TextArea
            label={say.address}
            hint={say.addressHint}
            rows={4}
            maxLength={300}
            value={address.value}
            onInput={(value) => (address.value = value)}
          />
          <TextPreview {...letter} language={language} />
          <div class="qr-line">
            <QrCode text={link} label={say.qr} />
            <p class="quiet-text">{say.printHint}</p>
          </div>
          <Button
            icon={Printer}
            onClick={() => {
              note('letter');
              globalThis.print();
            }}
          >
            {say.print}
          </Button>
          <LiveText>
            <LastSent participant={participant} way="letter" />
          </LiveText>
          {createPortal(
            <LetterPaper {...{ session, letter, link, code, language }} address={address.value} />,
            document.body,
          )}
        </>
      )}
    </Way>
  );
}
