import { useEffect, useState } from 'preact/hooks';
import type { Talk } from '@sprechzimmer/call/talk.ts';
import type { OwnDevices } from '../devices/own-devices.ts';
import { useLoaded } from '../use-loaded.ts';

type HintPlaceProps = { talk: Talk; own: OwnDevices };

/** Where a hint of the practice will be: loaded with the first of them. */
export function HintPlace(props: HintPlaceProps) {
  const { talk } = props;
  const [isAsked, setIsAsked] = useState(false);
  useEffect(() => talk.onUnheard((kind) => kind === 'hint' && setIsAsked(true)), [talk]);
  return isAsked ? <LoadedOverlay {...props} /> : null;
}

function LoadedOverlay(props: HintPlaceProps) {
  const overlay = useLoaded(() => import('./hint-overlay.tsx'));
  return overlay ? <overlay.HintOverlay {...props} /> : null;
}
