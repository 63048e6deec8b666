import type { AllHTMLAttributes, ComponentChildren, InputHTMLAttributes, RefObject } from 'preact';
import { useId } from 'preact/hooks';
import { ChevronDown, CircleAlert } from 'lucide';
import { Icon } from './icon.tsx';

type FieldProps = {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with the value, and what to do. Announced when it appears. */
  problem?: string | undefined;
  /** Said behind the label, for instance `(freiwillig)`. */
  aside?: string;
};

type InputAttribute =
  | 'autocapitalize'
  | 'autocomplete'
  | 'autofocus'
  | 'class'
  | 'disabled'
  | 'enterkeyhint'
  | 'inputMode'
  | 'lang'
  | 'max'
  | 'maxLength'
  | 'min'
  | 'name'
  | 'onBlur'
  | 'onKeyDown'
  | 'onPaste'
  | 'placeholder'
  | 'readOnly'
  | 'required'
  | 'rows'
  | 'spellcheck'
  | 'step';

type TextFieldProps = FieldProps & {
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'email' | 'tel' | 'password' | 'date' | 'time' | 'number' | 'search' | 'url';
  inputRef?: RefObject<HTMLInputElement | null>;
} & Pick<AllHTMLAttributes<HTMLInputElement>, InputAttribute>;

/** A one-line text field with its label above, hint and problem tied to it. */
export function TextField({
  label,
  hint,
  problem,
  aside,
  value,
  onInput,
  inputRef,
  class: extra,
  ...rest
}: TextFieldProps) {
  return (
    <Field {...{ label, hint, problem, aside }}>
      {(ids) => (
        <input
          type="text"
          {...(rest as InputHTMLAttributes)}
          {...ids}
          class={`input ${typeof extra === 'string' ? extra : ''}`}
          value={value}
          {...(inputRef ? { ref: inputRef } : {})}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

type TextAreaProps = FieldProps & {
  value: string;
  onInput: (value: string) => void;
} & Pick<AllHTMLAttributes<HTMLTextAreaElement>, InputAttribute>;

/** A text field of several lines. */
export function TextArea({
  label,
  hint,
  problem,
  aside,
  value,
  onInput,
  class: extra,
  ...rest
}: TextAreaProps) {
  return (
    <Field {...{ label, hint, problem, aside }}>
      {(ids) => (
        <textarea
          rows={4}
          {...rest}
          {...ids}
          class={`input input-area ${typeof extra === 'string' ? extra : ''}`}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

type SelectProps<Value extends string> = FieldProps & {
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  name?: string;
};

/** A choice from a short list, drawn by the browser itself. */
export function Select<Value extends string>({
  label,
  hint,
  problem,
  aside,
  value,
  options,
  onChange,
  name,
}: SelectProps<Value>) {
  return (
    <Field {...{ label, hint, problem, aside }}>
      {(ids) => (
        <span class="select-frame">
          <select
            {...ids}
            {...(name ? { name } : {})}
            class="input input-select"
            value={value}
            onChange={(event) => onChange(event.currentTarget.value as Value)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon node={ChevronDown} />
        </span>
      )}
    </Field>
  );
}

/** A box to tick, with its label beside it. */
export function Checkbox({
  label,
  checked,
  disabled = false,
  onChange,
}: {
  label: ComponentChildren;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

type ControlIds = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: 'true' };
type FieldFrame = { [K in keyof FieldProps]: FieldProps[K] | undefined } & {
  children: (ids: ControlIds) => ComponentChildren;
};

function Field({ label, hint, problem, aside, children }: FieldFrame) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
        {aside && <span class="field-optional"> {aside}</span>}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
        ...(problem ? { 'aria-invalid': 'true' as const } : {}),
      })}
      <div aria-live="polite">
        {problem && (
          <p class="field-problem" id={`${id}-problem`}>
            <Icon node={CircleAlert} />
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}
