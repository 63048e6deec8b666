import type { HomeView } from '../views.ts';
import { isHome } from '../views.ts';
import type { Work } from '../work.ts';
import { calendarMessages } from './messages.ts';

const kinds = ['today', 'calendar', 'contacts'] as const satisfies HomeView['kind'][];

/** The ways between the desk's home pages. */
export function DeskNav({ work }: { work: Work }) {
  const say = calendarMessages().nav;
  const view = work.views.current.value;
  function choose(kind: HomeView['kind']): void {
    if (work.views.unsaved()) {
      work.views.leave();
      return;
    }
    if (view.kind !== kind) work.say(undefined);
    work.views.goHome(kind);
  }
  return (
    <nav class="desk-nav" aria-label={say.label}>
      <ul>
        {kinds.map((kind) => (
          <li key={kind}>
            <button
              type="button"
              aria-current={isHome(view) && view.kind === kind ? 'page' : undefined}
              onClick={() => choose(kind)}
            >
              {say[kind]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
