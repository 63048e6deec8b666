import { useSignal } from '@preact/signals';
import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { groupCode } from '@sprechzimmer/crypto/code.ts';
import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';
import type { LogoProfile } from '@sprechzimmer/protocol/invitation-settings.ts';
import { useEffect } from 'preact/hooks';
import { QrCode } from '../device/qr-code.tsx';
import type { PracticeSession } from '../practice/session.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';
import type { RenderedText } from './texts.ts';

type LetterPaperProps = {
  session: PracticeSession;
  letter: RenderedText;
  link: string;
  code: string;
  /** The participant's: the letter does not follow the screen. */
  language: InvitationLanguage;
  /** Lines for the window of the envelope. */
  address: string;
};

/** The letter on paper: DIN 5008, form B. The code's own line in the text becomes the picture and the large code. */
export function LetterPaper({ session, letter, link, code, language, address }: LetterPaperProps) {
  const say = (language === 'en' ? english : german).letter;
  const { practice, logo } = session;
  const shown = groupCode(code);
  const [before, after = ''] = letter.text.split(new RegExp(String.raw`^[ \t]*${shown}[ \t]*$`, 'm'), 2);
  return (
    <section class="paper letter" lang={language} aria-hidden="true">
      <header class="letter-head">
        <div>
          <p class="letter-practice">{practice.name}</p>
          <p>{say.telephone(practice.telephone)}</p>
        </div>
        {logo && <Logo logo={logo} alt="" />}
      </header>
      <div class="letter-window">
        <p class="letter-sender">{practice.name}</p>
        <p class="letter-address" dir="auto">
          {address}
        </p>
      </div>
      <p class="letter-date">{today(language)}</p>
      <p class="letter-subject">{letter.subject}</p>
      <p class="letter-text">{before?.trim()}</p>
      <div class="letter-way-in">
        <QrCode text={link} label={say.scan} />
        <div>
          <p class="letter-label">{say.code}</p>
          <p class="letter-code">{shown}</p>
          <p>{session.roomOrigin}</p>
        </div>
      </div>
      {after.trim() !== '' && <p class="letter-text">{after.trim()}</p>}
    </section>
  );
}

function today(language: InvitationLanguage): string {
  const locale = language === 'en' ? 'en-GB' : 'de-DE';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date());
}

/** The practice's logo. */
export function Logo({ logo, alt }: { logo: LogoProfile; alt: string }) {
  const address = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([fromBase64url(logo.image)], { type: logo.type }));
    address.value = made;
    return () => URL.revokeObjectURL(made);
  }, [logo.image, logo.type]);
  return address.value ? <img class="practice-logo" src={address.value} alt={alt} /> : null;
}
