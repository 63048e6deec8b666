import { type Signal, signal, useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Select, TextArea, TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice, State } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { type InvitationLanguage, invitationLanguages } from '@sprechzimmer/protocol/invitation.ts';
import { type TemplateKind, templateKinds } from '@sprechzimmer/protocol/invitation-settings.ts';
import { useRef } from 'preact/hooks';
import { addDays, localTime } from '../appointment/calendar-day.ts';
import { saveProfile } from '../practice/profiles.ts';
import { SaveForm } from '../settings/save-form.tsx';
import type { Work } from '../work.ts';
import { defaultTemplate } from './default-templates.ts';
import { longestMailto, mailtoLink } from './mail.ts';
import { invitationMessages } from './messages.ts';
import {
  allowedPlaceholders,
  hasSubject,
  mayGoThroughServer,
  type TemplateProblem,
  templateProblems,
  type TemplateText,
  writtenPlaceholder,
} from './placeholders.ts';
import { renderTemplate, templateOf, type TextFacts } from './texts.ts';

type Chosen = { kind: TemplateKind; language: InvitationLanguage };

/** The practice's texts: one at a time, with its preview beside it. */
export function TemplateCard({ work }: { work: Work }) {
  const say = invitationMessages().templates;
  const chosen = useSignal<Chosen>({ kind: 'mail', language: 'de' });
  const { kind, language } = chosen.value;
  /** What is typed stays while one looks at another text. */
  const drafts = useRef(new Map<string, Signal<TemplateText>>());
  const key = `${kind} ${language}`;
  const typed =
    drafts.current.get(key) ?? signal(templateOf(work.session.invitationSettings, kind, language));
  drafts.current.set(key, typed);
  return (
    <Card>
      <h2>{say.textsHeading}</h2>
      <div class="stack">
        <Select
          label={say.kind}
          value={kind}
          options={templateKinds.map((value) => ({ value, label: say.kinds[value] }))}
          onChange={(next) => (chosen.value = { kind: next, language })}
        />
        <Select
          label={say.language}
          value={language}
          options={invitationLanguages.map((value) => ({ value, label: say.languages[value] }))}
          onChange={(next) => (chosen.value = { kind, language: next })}
        />
      </div>
      <TemplateEditor key={key} {...{ work, kind, language, typed }} />
    </Card>
  );
}

type TemplateEditorProps = { work: Work; typed: Signal<TemplateText> } & Chosen;

function TemplateEditor({ work, kind, language, typed }: TemplateEditorProps) {
  const say = invitationMessages().templates;
  const { invitationSettings: settings } = work.session;
  const isOwn = settings.templates.some((each) => each.kind === kind && each.language === language);
  const problems = templateProblems(kind, typed.value);
  const others = () =>
    work.session.invitationSettings.templates.filter(
      (each) => each.kind !== kind || each.language !== language,
    );
  async function save(own: TemplateText[]): Promise<void> {
    const templates = [...others(), ...own.map(({ subject, text }) => ({ kind, language, subject, text }))];
    const next = { ...work.session.invitationSettings, templates };
    await saveProfile(work, 'invitation-settings', work.session.practice.id, next);
    work.say(say.saved);
  }
  async function reset(): Promise<void> {
    await save([]);
    typed.value = defaultTemplate(kind, language);
  }
  return (
    <>
      <p class="quiet-text">{isOwn ? say.own : say.standard}</p>
      {mayGoThroughServer(kind) && <Notice>{say.neutral}</Notice>}
      <SaveForm isValid={problems.length === 0} onSave={() => save([typed.value])}>
        {() => (
          <>
            <TemplateFields kind={kind} language={language} typed={typed} />
            <Problems problems={problems} />
          </>
        )}
      </SaveForm>
      <TemplatePreview work={work} kind={kind} language={language} template={typed.value} />
      {isOwn && (
        <SaveForm submit={say.reset} isValid onSave={reset}>
          {() => null}
        </SaveForm>
      )}
    </>
  );
}

function TemplateFields({ kind, language, typed }: Chosen & { typed: Signal<TemplateText> }) {
  const say = invitationMessages().templates;
  const frame = useRef<HTMLDivElement>(null);
  const change = (next: Partial<TemplateText>) => (typed.value = { ...typed.value, ...next });
  /** Puts it where one was writing last in the text. */
  function insert(written: string): void {
    const area = frame.current?.querySelector('textarea');
    if (!area) return;
    const { selectionStart, selectionEnd, value } = area;
    change({ text: value.slice(0, selectionStart) + written + value.slice(selectionEnd) });
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(selectionStart + written.length, selectionStart + written.length);
    });
  }
  return (
    <div ref={frame} class="stack">
      {hasSubject(kind) && (
        <TextField
          label={say.subject}
          lang={language}
          maxLength={200}
          value={typed.value.subject}
          onInput={(subject) => change({ subject })}
        />
      )}
      <TextArea
        label={say.text}
        lang={language}
        rows={kind === 'sms' ? 4 : 14}
        maxLength={3_000}
        value={typed.value.text}
        onInput={(text) => change({ text })}
      />
      <div role="group" aria-label={say.insert} class="placeholders">
        {allowedPlaceholders(kind).map((placeholder) => {
          const written = writtenPlaceholder(placeholder, language);
          return (
            <Button key={placeholder} onClick={() => insert(written)}>
              {written}
            </Button>
          );
        })}
      </div>
    </div>
  );
}

function Problems({ problems }: { problems: TemplateProblem[] }) {
  const say = invitationMessages().templates;
  const sentence = (problem: TemplateProblem) =>
    'written' in problem
      ? say.problem[problem.kind](problem.written, say.place(problem.part, problem.line))
      : say.problem[problem.kind];
  return (
    <div aria-live="polite">
      {problems.length > 0 && (
        <ul>
          {problems.map((problem, index) => (
            <li key={index}>
              <State tone="bad">{sentence(problem)}</State>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function TemplatePreview({
  work,
  kind,
  language,
  template,
}: { work: Work; template: TemplateText } & Chosen) {
  const say = invitationMessages().templates;
  const { session } = work;
  const today = localTime(work.clock.value, session.practice.timeZone).day;
  const facts: TextFacts = {
    name: say.example,
    practitioner: session.user.name,
    day: addDays(today, 7),
    time: '10:30',
    durationMinutes: 20,
    code: 'K7QF93MDXW2P',
  };
  const { subject, text } = renderTemplate(template, kind, language, session, facts);
  const isLong = mailtoLink('name@example.org', { subject, text }).length > longestMailto;
  return (
    <section class="template-preview stack-tight" aria-label={say.preview}>
      <h3>{say.preview}</h3>
      <p class="quiet-text">{say.previewNote}</p>
      <div class="mail-preview" lang={language}>
        {hasSubject(kind) && <p class="mail-subject">{subject}</p>}
        <pre>{text}</pre>
      </div>
      {kind === 'mail' && isLong && <p>{say.longMail}</p>}
    </section>
  );
}
