import { render } from 'preact';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Card, Page, Title } from '@sprechzimmer/design/page.tsx';
import { switchFull } from '../consultation/full.ts';
import { isWriting } from '../consultation/keys.ts';
import { onTop } from '../consultation/on-top.ts';
import { messages } from './messages.ts';

/** Not in TypeScript's library yet: https://wicg.github.io/document-picture-in-picture/ */
type Floating = {
  requestWindow: (size: { width: number; height: number }) => Promise<Window>;
  window: Window | null;
};
const floating = () => (globalThis as { documentPictureInPicture?: Floating }).documentPictureInPicture;

const size = { width: 420, height: 560 };

/** The other side's picture over all other windows, as browsers draw it. */
export async function keepPictureOnTop(): Promise<void> {
  const video = document.querySelector<HTMLVideoElement>('.remote-picture:not(.remote-picture-tile) video');
  if (!video) return;
  try {
    await video.requestPictureInPicture();
  } catch {
    return; // The person has pressed something else meanwhile, or there is no picture.
  }
  onTop.value = 'picture';
  video.addEventListener('leavepictureinpicture', () => (onTop.value = undefined), { once: true });
}

/** The room as it is, moved into a window that stays over all others; this one keeps its place. */
export async function keepRoomOnTop(): Promise<void> {
  const room = document.getElementById('app');
  if (!room) return;
  let top: Window | undefined;
  try {
    top = await floating()?.requestWindow(size);
  } catch {
    // The browser wants another press.
  }
  if (!top) return;
  switchFull(false);
  dress(top.document);
  const note = document.createElement('div');
  move(room, top.document);
  document.body.append(note);
  render(<OnTopNote />, note);
  onTop.value = 'room';
  top.addEventListener('keydown', (event) => {
    if (!isWriting(event)) dispatchEvent(new KeyboardEvent(event.type, event));
  });
  top.addEventListener('pagehide', () => {
    render(null, note);
    note.remove();
    move(room, document);
    onTop.value = undefined;
  });
}

export function bringRoomBack(): void {
  floating()?.window?.close();
}

/** The same look: stylesheets only by link, as the page's own policy wants it. */
function dress(page: Document): void {
  page.documentElement.lang = document.documentElement.lang;
  page.title = document.title;
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
    const copy = page.createElement('link');
    copy.rel = 'stylesheet';
    copy.integrity = link.integrity;
    if (link.crossOrigin !== null) copy.crossOrigin = link.crossOrigin;
    copy.href = link.href;
    page.head.append(copy);
  }
}

/** A video that changes pages pauses in some browsers. */
function move(room: HTMLElement, page: Document): void {
  page.body.append(room);
  for (const video of room.querySelectorAll('video')) if (video.paused) video.play().catch(() => {});
}

function OnTopNote() {
  const t = messages().onTop;
  return (
    <Page>
      <Title>{t.title}</Title>
      <Card>
        <p>{t.text}</p>
        <Button onClick={bringRoomBack}>{t.back}</Button>
      </Card>
    </Page>
  );
}
