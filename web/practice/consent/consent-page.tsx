import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Checkbox, Select, TextArea } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { type InvitationLanguage, invitationLanguages } from '@sprechzimmer/protocol/invitation.ts';
import { Printer } from 'lucide';
import { messages } from '../messages.ts';
import { saveProfile } from '../practice/profiles.ts';
import { SaveForm } from '../settings/save-form.tsx';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { ConsentPaper } from './consent-paper.tsx';
import { defaultConsentText } from './default-text.ts';
import { EarlierTexts } from './earlier-texts.tsx';
import { consentMessages } from './messages.ts';
import { excessBytes, withTexts } from './texts.ts';

type ConsentForm = { asked: boolean; de: string; en: string };

/** The practice's own text, whether it is asked for, and a sheet for signing; the main user's. */
export function ConsentPage({ work }: { work: Work }) {
  const say = consentMessages();
  const { consent, practice } = work.session;
  const current = consent.texts.at(-1);
  const form = useSignal<ConsentForm>({
    asked: consent.asked,
    de: current?.de ?? defaultConsentText(practice.name, 'de'),
    en: current?.en ?? '',
  });
  const shown = useSignal<InvitationLanguage>('de');
  const text = shown.value === 'en' && form.value.en.trim() !== '' ? form.value.en : form.value.de;
  return (
    <SubPage
      work={work}
      title={say.title}
      lead={say.lead}
      onBack={() => work.views.open({ kind: 'settings' })}
    >
      <Card class="screen-only">
        <ConsentForm work={work} form={form.value} onChange={(next) => (form.value = next)} />
      </Card>
      <Card class="screen-only">
        <details class="stack">
          <summary>{say.previewTitle}</summary>
          {form.value.en.trim() !== '' && (
            <Select
              label={say.previewLanguage}
              value={shown.value}
              options={invitationLanguages.map((each) => ({ value: each, label: say.languages[each] }))}
              onChange={(next) => (shown.value = next)}
            />
          )}
          <div class="consent-text" lang={text === form.value.en ? 'en' : 'de'}>
            {text.trim()}
          </div>
        </details>
        <p class="quiet-text">{say.printHint}</p>
        <Button icon={Printer} onClick={() => window.print()}>
          {say.print}
        </Button>
      </Card>
      <EarlierTexts texts={consent.texts} />
      <ConsentPaper practice={practice.name} text={text.trim()} />
    </SubPage>
  );
}

type ConsentFormProps = { work: Work; form: ConsentForm; onChange: (form: ConsentForm) => void };

function ConsentForm({ work, form, onChange }: ConsentFormProps) {
  const say = consentMessages();
  const { consent, practice } = work.session;
  const { asked } = form;
  const [de, en] = [form.de.trim(), form.en.trim()];
  const isMissing = asked && de === '';
  const tooLong = (text: string) => (excessBytes(text) > 0 ? say.tooLong(excessBytes(text)) : undefined);
  const isTemplate = de === defaultConsentText(practice.name, 'de');

  async function save(): Promise<void> {
    await saveProfile(work, 'consent', practice.id, withTexts(consent, { asked, de, en }, new Date()));
    work.say(say.saved);
  }
  return (
    <SaveForm submit={say.save} isValid={!isMissing && !tooLong(de) && !tooLong(en)} onSave={save}>
      {(tried) => (
        <>
          <Checkbox
            label={say.asked}
            checked={asked}
            onChange={(next) => onChange({ ...form, asked: next })}
          />
          <p class="quiet-text">{say.askedHint}</p>
          {isTemplate && <Notice>{say.template}</Notice>}
          <TextArea
            class="consent-input"
            label={say.german}
            lang="de"
            value={form.de}
            onInput={(next) => onChange({ ...form, de: next })}
            problem={tooLong(de) ?? (tried && isMissing ? say.germanMissing : undefined)}
          />
          {de === '' && (
            <UseTemplate onUse={() => onChange({ ...form, de: defaultConsentText(practice.name, 'de') })} />
          )}
          <TextArea
            label={say.english}
            aside={messages().optional}
            hint={say.englishHint}
            lang="en"
            value={form.en}
            onInput={(next) => onChange({ ...form, en: next })}
            problem={tooLong(en)}
          />
          {en === '' && (
            <UseTemplate onUse={() => onChange({ ...form, en: defaultConsentText(practice.name, 'en') })} />
          )}
        </>
      )}
    </SaveForm>
  );
}

function UseTemplate({ onUse }: { onUse: () => void }) {
  return (
    <div class="row">
      <Button onClick={onUse}>{consentMessages().useTemplate}</Button>
    </div>
  );
}
