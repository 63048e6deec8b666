import { Keyboard, Maximize, PictureInPicture2, SlidersHorizontal } from 'lucide';
import { isFull, switchFull } from './full.ts';
import { messages } from './messages.ts';
import { canBeOnTop, onTop, switchOnTop } from './on-top.ts';
import type { Tool } from './tools.ts';

/** What the window itself can do. */
export const windowTools: readonly Tool[] = [
  {
    id: 'devices',
    icon: SlidersHorizontal,
    label: () => messages().devices,
    loadPanel: () => import('../window/devices-panel.tsx').then(({ DevicesPanel }) => DevicesPanel),
  },
  {
    id: 'full',
    icon: Maximize,
    label: () => messages()[isFull.value ? 'notFull' : 'full'],
    isOffered: () => onTop.value !== 'room',
    onChoose: () => switchFull(),
  },
  {
    id: 'onTop',
    icon: PictureInPicture2,
    label: () => messages()[onTop.value ? 'notOnTop' : 'onTop'],
    isOffered: ({ end }) => canBeOnTop(end),
    onChoose: ({ end }) => switchOnTop(end),
  },
  {
    id: 'keys',
    icon: Keyboard,
    label: () => messages().keys,
    loadPanel: () => import('../window/keys-panel.tsx').then(({ KeysPanel }) => KeysPanel),
  },
];
