import { useSignal } from '@preact/signals';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { SaveForm } from '../settings/save-form.tsx';
import { invitationMessages } from './messages.ts';

type ContactFieldProps = {
  kind: 'email' | 'tel';
  label: string;
  hint?: string;
  problem: string;
  value: string;
  isValid: (value: string) => boolean;
  onSave: (value: string) => Promise<void>;
};

/** Adds what a way of inviting lacks, where it is lacking. */
export function ContactField({ kind, label, hint, problem, value, isValid, onSave }: ContactFieldProps) {
  const typed = useSignal(value);
  return (
    <SaveForm
      submit={invitationMessages().sheet.save}
      isValid={isValid(typed.value)}
      onSave={() => onSave(typed.value.trim())}
    >
      {(asked) => (
        <TextField
          type={kind}
          label={label}
          hint={hint}
          maxLength={kind === 'email' ? 254 : 40}
          value={typed.value}
          onInput={(next) => (typed.value = next)}
          problem={asked && !isValid(typed.value) ? problem : undefined}
        />
      )}
    </SaveForm>
  );
}
