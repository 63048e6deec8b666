import type { RefObject } from 'preact';
import { Check } from 'lucide';
import { readCode } from '@sprechzimmer/crypto/code.ts';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { State } from '@sprechzimmer/design/notice.tsx';
import { messages } from './messages.ts';
import { arrangeCode } from './typed-code.ts';

type CodeFieldProps = {
  value: string;
  onInput: (value: string) => void;
  /** The button was pressed: an unfinished code is a problem now. */
  asked: boolean;
  inputRef: RefObject<HTMLInputElement | null>;
};

/** The large field for a typed code. Its verdict comes with each key, and nothing is sent for it. */
export function CodeField({ value, onInput, asked, inputRef }: CodeFieldProps) {
  const t = messages();
  const reading = readCode(value);
  function arrange() {
    const input = inputRef.current;
    if (!input) return;
    const arranged = arrangeCode(input.value, input.selectionStart ?? input.value.length);
    if (arranged.text !== input.value) {
      input.value = arranged.text;
      input.setSelectionRange(arranged.caret, arranged.caret);
    }
    onInput(arranged.text);
  }
  return (
    <div class="code-field">
      <TextField
        label={t.code}
        hint={t.codeHint}
        problem={codeProblem(value, asked)}
        class="input-code"
        name="code"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        enterkeyhint="next"
        placeholder="XXXX-XXXX-XXXX"
        value={value}
        onInput={arrange}
        inputRef={inputRef}
      />
      <p class="code-progress" role="status">
        {reading.kind === 'code' && (
          <State tone="good" icon={Check}>
            {t.codeGood}
          </State>
        )}
        {reading.kind === 'incomplete' && reading.typed > 0 && !asked && (
          <span aria-hidden="true">{t.codeProgress(reading.typed)}</span>
        )}
      </p>
    </div>
  );
}

function codeProblem(value: string, asked: boolean): string | undefined {
  const t = messages();
  const reading = readCode(value);
  switch (reading.kind) {
    case 'code':
      return undefined;
    case 'incomplete':
      if (!asked) return undefined;
      return reading.typed === 0 ? t.codeMissing : t.codeIncomplete(reading.typed);
    case 'too-long':
      return t.codeTooLong;
    case 'unknown-symbol':
      return t.codeUnknownSymbol(reading.symbol);
    case 'mistyped':
      return t.codeMistyped;
    default:
      return reading satisfies never;
  }
}
