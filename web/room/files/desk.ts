import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { FileExchange } from '@sprechzimmer/call/files/file-exchange.ts';
import { type FileStore, openFileStore } from '@sprechzimmer/call/files/file-store.ts';
import { FileTalk } from '@sprechzimmer/call/files/file-talk.ts';
import { type PhotoRequest, PhotoRequests } from '@sprechzimmer/call/files/photo-requests.ts';
import { isOpen, type Transfer } from '@sprechzimmer/call/files/transfer.ts';
import type { Talk } from '@sprechzimmer/call/talk.ts';
import { formatClock } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import type { ToolContext } from '../consultation/tools.ts';
import { follow } from '../follow.ts';
import { keepUnsaved } from './leftovers.tsx';
import { messages } from './messages.ts';
import { saveFile, saveTakesMs } from './save-file.ts';
import { describe, nameToShow } from './sentences.ts';
import { filesNotice, forgetNews, unseenFiles } from './tool-news.ts';

/** The files and photos of one consultation, as its panel shows them. */
export type Desk = {
  exchange: FileExchange;
  photos: PhotoRequests;
  transfers: ReadonlySignal<readonly Transfer[]>;
  asked: ReadonlySignal<readonly PhotoRequest[]>;
  /** Who wants a photo of this person. */
  askedBy: ReadonlySignal<string | undefined>;
  /** By key, what this person has saved. */
  saved: ReadonlySignal<ReadonlySet<string>>;
  /** Of somebody in the consultation. */
  nameOf: (peerId: string) => string;
  /** Who is there now. */
  follow: (context: ToolContext) => void;
  isPanelOpen: Signal<boolean>;
  /** What changed last, for those who do not see it. */
  said: ReadonlySignal<string>;
  offer: (files: readonly File[]) => void;
  save: (transfer: Transfer) => void;
  /** To whoever asked for it, or to all. */
  sendPhoto: (photo: Blob) => void;
  stopFollowing: () => void;
};

const desks = new Map<Talk, Promise<Desk>>();
let store: Promise<FileStore> | undefined;

/** The desk of the consultation that is going on. */
export async function deskOf(context: ToolContext): Promise<Desk> {
  const { port } = context;
  let opened = desks.get(port);
  if (!opened) {
    opened = openStore().then((store) => openDesk(context, store));
    desks.set(port, opened);
  }
  return opened;
}

/** What is on the way ends; what was received and not saved can still be saved. */
export async function endDesk(port: Talk): Promise<void> {
  const opened = desks.get(port);
  desks.delete(port);
  const desk = await opened;
  if (!desk) return;
  desk.stopFollowing();
  forgetNews();
  desk.exchange.close();
  const received = desk.transfers.value.filter(
    ({ direction, state }) => direction === 'in' && state.kind === 'done',
  );
  keepUnsaved(
    received.filter(({ key }) => !desk.saved.value.has(key)),
    ({ peerId }) => desk.nameOf(peerId),
    ({ key }) => desk.exchange.remove(key),
  );
  // The browser may still be reading what was saved a moment ago.
  setTimeout(() => {
    for (const key of desk.saved.value) desk.exchange.remove(key);
  }, saveTakesMs);
}

function openStore(): Promise<FileStore> {
  if (!store) {
    const opened = openFileStore();
    store = opened;
    addEventListener('pagehide', ({ persisted }) => {
      if (!persisted) void opened.then((store) => store.close());
    });
  }
  return store;
}

function openDesk(opening: ToolContext, store: FileStore): Desk {
  let context = opening;
  const { port } = context;
  // Who has left is known by the name under which they were here.
  const names = new Map<string, string>();
  const nameOf = (peerId: string) => {
    for (const { id, name } of context.people) names.set(id, name);
    return names.get(peerId) ?? context.otherName;
  };
  const talk = new FileTalk(port);
  const photos = new PhotoRequests(talk, context.end === 'participant' ? 'host' : undefined);
  const exchange = new FileExchange(talk, store, (peerId, id) => photos.take(peerId, id));
  const transfers = follow(exchange, () => exchange.transfers);
  const asked = follow(photos, () => photos.asked);
  const askedBy = follow(photos, () => photos.askedBy);
  const saved = signal<ReadonlySet<string>>(new Set());
  const isPanelOpen = signal(false);
  const said = signal('');
  const stops = [
    talk.begin(),
    followNews({ transfers, askedBy, saved, nameOf, isPanelOpen }),
    followChanges(transfers, nameOf, said),
  ];
  return {
    exchange,
    photos,
    transfers,
    asked,
    askedBy,
    saved,
    nameOf,
    follow: (now) => (context = now),
    isPanelOpen,
    said,
    stopFollowing: () => stops.forEach((stop) => stop()),
    offer: (files) => exchange.offer(files.map((file) => ({ name: file.name, content: file }))),
    save: ({ key, name, state }) => {
      if (state.kind !== 'done' || !state.content) return;
      saveFile(state.content, nameToShow(name));
      saved.value = new Set([...saved.value, key]);
    },
    sendPhoto: (content) => {
      const name = `${messages().request.fileName} ${formatClock(new Date(), language.value).replace(':', '.')}.jpg`;
      const request = photos.answer();
      if (request) exchange.offer([{ name, content, photo: request.id }], [request.peer]);
      else exchange.offer([{ name, content }]);
    },
  };
}

type News = Pick<Desk, 'transfers' | 'askedBy' | 'saved' | 'nameOf' | 'isPanelOpen'>;

/** A number in the bar and a line above the picture, while the panel is closed and there is something to decide. */
function followNews({ transfers, askedBy, saved, nameOf, isPanelOpen }: News): () => void {
  return effect(() => {
    const t = messages();
    const incoming = transfers.value.filter(({ direction }) => direction === 'in');
    const offers = incoming.filter(({ state }) => state.kind === 'offered');
    const received = incoming.filter(
      ({ key, state }) => state.kind === 'done' && !saved.value.has(key),
    ).length;
    const asked = askedBy.value;
    const shown = isPanelOpen.value;
    unseenFiles.value = shown ? 0 : offers.length + received + (asked === undefined ? 0 : 1);
    if (shown) filesNotice.value = undefined;
    else if (asked !== undefined) filesNotice.value = t.noticePhoto(nameOf(asked));
    else if (offers[0]) filesNotice.value = t.noticeOffers(nameOf(offers[0].peerId), offers.length);
    else filesNotice.value = received > 0 ? t.noticeReceived(received) : undefined;
  });
}

/** A sentence for each transfer that has come to another state. */
function followChanges(
  transfers: ReadonlySignal<readonly Transfer[]>,
  nameOf: Desk['nameOf'],
  said: Signal<string>,
): () => void {
  const before = new Map<string, string>();
  return effect(() => {
    for (const transfer of transfers.value) {
      const { key, state, name } = transfer;
      if (before.get(key) === state.kind) continue;
      before.set(key, state.kind);
      if (state.kind === 'running' || (isOpen(state) && transfer.direction === 'out')) continue;
      said.value = `${nameToShow(name)}: ${describe(transfer, nameOf(transfer.peerId))}`;
    }
  });
}
