import { useEffect, useState } from 'preact/hooks';
import { messages } from './messages.ts';
import type { ScreenSlotProps } from './screen-slot.tsx';
import { SharedScreen } from './shared-screen.tsx';

/** The one screen that is shared. Whoever shares later takes over. */
export function ScreenView({ own: { media }, port, talk }: ScreenSlotProps) {
  const t = messages();
  const { otherName, screen, remote } = talk;
  const [tookOver, setTookOver] = useState(false);
  useEffect(() => {
    setTookOver(remote.screen && media.screen !== undefined);
    if (remote.screen) media.setScreen(undefined);
  }, [remote.screen]);
  const mine = media.screen;
  if (!remote.screen && mine) {
    const stop = () => media.setScreen(undefined);
    return <SharedScreen key={mine.id} stream={mine} port={port} title={t.mine} onStop={stop} />;
  }
  if (!remote.screen) return null;
  const title = tookOver ? t.tookOver(otherName) : t.theirs(otherName);
  return <SharedScreen key="theirs" stream={screen} port={port} title={title} onStop={undefined} />;
}
