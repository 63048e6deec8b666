import { useEffect, useRef, useState } from 'preact/hooks';
import { ArrowRight } from 'lucide';
import { readCode, type CodeReading } from '@sprechzimmer/crypto/code.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { LanguageSwitch } from '@sprechzimmer/design/language-switch.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Brand, Card, Page, Title } from '@sprechzimmer/design/page.tsx';
import type { maxNameLength as maxNameLengthOfContract } from '@sprechzimmer/protocol/consultation.ts';
import { keepPlace, keptPlace, type Place } from '../place.ts';
import { CodeField } from './code-field.tsx';
import { messages } from './messages.ts';

/** The contract's limit; only its type is taken from there, so that no schema comes onto the first screen. */
const maxNameLength: typeof maxNameLengthOfContract = 80;

/** Fetched at once, beside the first paint: the way from code to keys is the longest part of entering. */
const loadKeys = () => import('../keys.ts');

type WelcomeProps = {
  /** What the link's fragment held, if there was one. */
  link: CodeReading | undefined;
  /** Shows the waiting room. Rejects when the rest of the page cannot be loaded. */
  onEnter: (place: Place) => Promise<void>;
};

/** The first screen: code (unless the link brought it) and name. Nothing is sent before its button is pressed. */
export function Welcome({ link, onEnter }: WelcomeProps) {
  const t = messages();
  const linkCode = link?.kind === 'code' ? link.code : undefined;
  const [typed, setTyped] = useState('');
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const [stage, setStage] = useState<'asking' | 'entering' | 'failed'>('asking');
  const codeInput = useRef<HTMLInputElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const reading = readCode(linkCode ?? typed);
  const code = reading.kind === 'code' ? reading.code : undefined;

  useEffect(() => {
    document.title = t.name;
  }, [t]);

  // Turning the code into keys happens on this device alone, so it begins while the name is typed.
  useEffect(() => {
    void loadKeys()
      .then(({ prepareKeys }) => (code ? prepareKeys(code) : undefined))
      .catch(() => undefined);
  }, [code]);

  async function enter() {
    setAsked(true);
    const given = name.trim();
    if (!code) return codeInput.current?.focus();
    if (!given) return nameInput.current?.focus();
    setStage('entering');
    try {
      const { takePlace } = await loadKeys();
      const place = await takePlace(code, given);
      keepPlace(place);
      await onEnter(place);
    } catch {
      setStage('failed');
    }
  }

  return (
    <Page header={<WelcomeHeader />}>
      <div class="stack-tight">
        <Title focus={false}>{t.welcome}</Title>
        <p class="lead">{linkCode ? t.introLink : t.introCode}</p>
      </div>
      {link && !linkCode && <Notice tone="warn">{t.linkBroken}</Notice>}
      <Card>
        <form
          class="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (stage !== 'entering') void enter();
          }}
        >
          {!linkCode && <CodeField value={typed} onInput={setTyped} asked={asked} inputRef={codeInput} />}
          <TextField
            label={t.yourName}
            name="name"
            autocomplete="name"
            maxLength={maxNameLength}
            problem={asked && !name.trim() ? t.nameMissing : undefined}
            value={name}
            onInput={setName}
            inputRef={nameInput}
          />
          <Button
            kind="primary"
            size="large"
            wide
            type="submit"
            icon={ArrowRight}
            busy={stage === 'entering' ? t.entering : undefined}
          >
            {t.enter}
          </Button>
          {stage === 'failed' && <LoadFailed code={code} />}
          <p class="quiet-text">{t.next}</p>
        </form>
      </Card>
      <Reassurance code={code} />
    </Page>
  );
}

function WelcomeHeader() {
  return (
    <>
      <Brand name={messages().name} />
      <LanguageSwitch />
    </>
  );
}

/** The rest of the page did not come. Loading anew goes on from here, with the place or at least the code. */
export function LoadFailed({ code }: { code?: string | undefined }) {
  const t = messages();
  function again() {
    // The page reloads when its fragment changes, and takes the code from it as from the link.
    if (code && !keptPlace()) location.hash = code;
    else location.reload();
  }
  return (
    <Notice tone="bad" actions={<Button onClick={again}>{t.tryAgain}</Button>}>
      {t.loadFailed}
    </Notice>
  );
}

function Reassurance({ code = '' }: { code: string | undefined }) {
  const t = messages();
  return (
    <>
      <a class="button button-quiet" href={`/?test#${code}`}>
        {t.test}
      </a>
      <details class="reassurance">
        <summary>{t.whoSees}</summary>
        <ul>
          {t.reassurance.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <a class="button button-quiet" href="/?host-code">
          {t.hostCode}
        </a>
      </details>
    </>
  );
}
