import { Icon, type IconNode } from '@sprechzimmer/design/icon.tsx';
import { Archive, ChartColumn, ChevronRight, FileCheck, Mail, Router } from 'lucide';
import type { MenuView } from '../views.ts';
import type { Work } from '../work.ts';
import { settingsMessages } from './messages.ts';

const pages = [
  ['templates', Mail],
  ['consent', FileCheck],
  ['billing', ChartColumn],
  ['network', Router],
  ['retention', Archive],
] as const satisfies [MenuView, IconNode][];

/** The settings that have a page of their own. */
export function SettingsIndex({ work }: { work: Work }) {
  const say = settingsMessages();
  return (
    <nav aria-label={say.label}>
      <ul class="index-list">
        {pages.map(([kind, icon]) => (
          <li key={kind}>
            <button
              type="button"
              class="index-item"
              onClick={() => {
                work.say(undefined);
                work.views.open({ kind });
              }}
            >
              <Icon node={icon} />
              <span>
                <strong>{say[kind].title}</strong>
                <span class="quiet-text">{say[kind].lead}</span>
              </span>
              <Icon node={ChevronRight} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
