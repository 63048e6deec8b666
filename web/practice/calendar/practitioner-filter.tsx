import { practitionersOf } from '../user/users.ts';
import { initials } from '../user/initials.ts';
import type { Work } from '../work.ts';
import { calendarMessages } from './messages.ts';
import { practitionerColor } from './practitioner-color.ts';

/** Whose appointments are shown, and the key to their colours. Not there for one practitioner alone. */
export function PractitionerFilter({ work }: { work: Work }) {
  const practitioners = practitionersOf(work.session);
  const { hidden, toggle } = work.calendar;
  if (practitioners.length < 2) return null;
  return (
    <fieldset class="calendar-filter">
      <legend class="unseen">{calendarMessages().filter}</legend>
      {practitioners.map(({ id, name }) => (
        <label key={id} class="check">
          <input type="checkbox" checked={!hidden.value.has(id)} onChange={() => toggle(id)} />
          <span class={`calendar-initials who-${practitionerColor(work.session, id)}`} aria-hidden="true">
            {initials(name)}
          </span>
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
