import { signal } from '@preact/signals';

/** What floats over other windows just now: the room itself, or the other side's picture. */
export const onTop = signal<'room' | 'picture' | undefined>();

export const canKeepRoom = 'documentPictureInPicture' in globalThis;

/** Host: the whole room, where the browser can. Everybody: the picture. */
export function canBeOnTop(end: 'host' | 'participant'): boolean {
  // Firefox offers it on the picture itself, and to no page.
  return (end === 'host' && canKeepRoom) || document.pictureInPictureEnabled;
}

/** In the press itself: browsers open no such window otherwise. */
export function switchOnTop(end: 'host' | 'participant'): void {
  if (onTop.value === 'picture') void document.exitPictureInPicture();
  else
    void import('../window/on-top.tsx').then(({ keepRoomOnTop, keepPictureOnTop, bringRoomBack }) =>
      onTop.value === 'room'
        ? bringRoomBack()
        : end === 'host' && canKeepRoom
          ? keepRoomOnTop()
          : keepPictureOnTop(),
    );
}
