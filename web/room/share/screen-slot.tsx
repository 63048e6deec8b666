import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Talk } from '@sprechzimmer/call/talk.ts';
import type { OwnDevices } from '../devices/own-devices.ts';

export type ScreenSlotProps = {
  own: OwnDevices;
  port: Talk;
  talk: {
    otherName: string;
    /** The other side's, and whether it is shared now. */
    screen: MediaStream;
    remote: { screen: boolean };
  };
};

/** Where a shared screen is shown, whoever's it is. What shows it is loaded with the first. */
export function ScreenSlot(props: ScreenSlotProps) {
  const [loaded, setLoaded] = useState<{ View: ComponentType<ScreenSlotProps> }>();
  const isShared = props.talk.remote.screen || props.own.sharing.value;
  useEffect(() => {
    if (isShared) void import('./screen-view.tsx').then(({ ScreenView: View }) => setLoaded({ View }));
  }, [isShared]);
  return isShared && loaded ? <loaded.View {...props} /> : null;
}
