import { Paperclip } from 'lucide';
import { catalogue } from '@sprechzimmer/design/i18n.ts';
import type { Tool, ToolContext } from '../consultation/tools.ts';
import type * as FilesPanel from './files-panel.tsx';
import { filesNotice, unseenFiles } from './tool-news.ts';

const title = catalogue({ title: 'Dateien' }, { title: 'Files' });
let loading: Promise<typeof FilesPanel> | undefined;

/** Once; anew where it failed. */
function load() {
  loading ??= import('./files-panel.tsx').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Files to and from the others, and photos on request. */
export const filesTool: Tool = {
  id: 'files',
  icon: Paperclip,
  label: () => title().title,
  inBar: true,
  unseen: () => unseenFiles.value,
  notice: () => filesNotice.value,
  loadPanel: async () => (await load()).FilesPanel,
  begin,
};

function begin(context: ToolContext): () => void {
  const { port, showPanel } = context;
  const send = (files: readonly File[]) => {
    showPanel('files');
    // Where it cannot be loaded, the panel says so.
    void load().then(
      async ({ deskOf }) => (await deskOf(context)).offer(files),
      () => {},
    );
  };
  const stopTaking = takeDropsAndPastes(send);
  const stopHearing = port.onUnheard((kind) => {
    if (kind === 'file')
      void load().then(
        ({ deskOf }) => deskOf(context),
        () => {},
      );
  });
  return () => {
    stopTaking();
    stopHearing();
    void loading?.then(
      ({ endDesk }) => endDesk(port),
      () => {},
    );
  };
}

/** Anywhere on the page; without this, a browser would leave the consultation to show what was dropped on it. */
function takeDropsAndPastes(take: (files: readonly File[]) => void): () => void {
  const hear = (event: Event) => {
    const data = (event as DragEvent).dataTransfer ?? (event as ClipboardEvent).clipboardData;
    // A cell or a paragraph of an office program is pasted as text, and as a picture of it.
    if (!data?.types.includes('Files') || data.types.includes('text/plain')) return;
    event.preventDefault();
    if (data.files.length > 0 && event.type !== 'dragover') take([...data.files]);
  };
  const kinds = ['dragover', 'drop', 'paste'];
  for (const kind of kinds) document.addEventListener(kind, hear);
  return () => {
    for (const kind of kinds) document.removeEventListener(kind, hear);
  };
}

/** Deletes what a page that crashed had received, if there is anything. */
export async function sweepReceivedFiles(): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle('received');
    await (await load()).sweepFileStore();
  } catch {
    // Nothing was ever received here, or this browser has no such place.
  }
}
