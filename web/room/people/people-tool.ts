import { UsersRound } from 'lucide';
import type { Tool } from '../consultation/tools.ts';
import { messages } from './messages.ts';

/** Who is there, once there is more than one other. */
export const peopleTool: Tool = {
  id: 'people',
  icon: UsersRound,
  label: () => messages().title,
  isOffered: ({ people }) => people.length > 1,
  loadPanel: async () => (await import('./people-panel.tsx')).PeoplePanel,
};
