import { ScreenShare } from 'lucide';
import { language } from '@sprechzimmer/design/i18n.ts';
import type { Tool } from '../consultation/tools.ts';

export const shareTool: Tool = {
  id: 'share',
  icon: ScreenShare,
  label: () => (language.value === 'en' ? 'Share screen' : 'Bildschirm teilen'),
  inBar: true,
  // Phones cannot share their screen from a browser.
  isOffered: () => 'getDisplayMedia' in navigator.mediaDevices,
  isOn: ({ own }) => own.sharing.value,
  onChoose: ({ own, showPanel }) => {
    if (own.sharing.value) own.media.setScreen(undefined);
    else showPanel('share');
  },
  loadPanel: () => import('./share-panel.tsx').then(({ SharePanel }) => SharePanel),
};
