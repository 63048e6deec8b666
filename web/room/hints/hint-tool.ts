import { MessageSquareShare } from 'lucide';
import { messages } from '../consultation/messages.ts';
import type { Tool } from '../consultation/tools.ts';

/** A large sentence for the other side's page, also in the middle of a consultation. */
export const hintTool: Tool = {
  id: 'hint',
  icon: MessageSquareShare,
  label: () => messages().showHint,
  isOffered: ({ end }) => end === 'host',
  loadPanel: async () => (await import('./hint-panel.tsx')).HintPanel,
};
