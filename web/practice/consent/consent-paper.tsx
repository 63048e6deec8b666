import { consentMessages } from './messages.ts';

/** A4, for signing; only paper shows it. */
export function ConsentPaper({ practice, text }: { practice: string; text: string }) {
  const say = consentMessages();
  return (
    <section class="paper" aria-hidden="true">
      <p class="paper-brand">{practice}</p>
      <div class="consent-text">{text}</div>
      <div class="paper-lines">
        <p>{say.paperName}</p>
        <p>{say.paperBorn}</p>
        <p>{say.paperPlace}</p>
        <p>{say.paperSign}</p>
      </div>
    </section>
  );
}
