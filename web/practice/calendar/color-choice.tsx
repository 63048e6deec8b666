import { calendarMessages } from './messages.ts';

type ColorChoiceProps = { initials: string; color: number; onChange: (color: number) => void };

/** A practitioner's colour in the calendar, each with its name and as it will look. */
export function ColorChoice({ initials, color, onChange }: ColorChoiceProps) {
  const say = calendarMessages().color;
  return (
    <fieldset class="color-choice">
      <legend class="field-label">{say.legend}</legend>
      {say.names.map((name, each) => (
        <label key={name} class="check">
          <input type="radio" name="color" checked={each === color} onChange={() => onChange(each)} />
          <span class={`calendar-initials who-${each}`} aria-hidden="true">
            {initials}
          </span>
          {name}
        </label>
      ))}
    </fieldset>
  );
}
