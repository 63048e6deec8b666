import { useEffect, useRef, useState } from 'preact/hooks';
import { Camera, Paperclip } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Panel } from '../consultation/panel.tsx';
import type { ToolContext, ToolProps } from '../consultation/tools.ts';
import { type Desk, deskOf as openDeskOf } from './desk.ts';
import { FileRow } from './file-row.tsx';
import { messages } from './messages.ts';
import { PhotoTaker } from './photo-taker.tsx';

export { sweepFileStore } from '@sprechzimmer/call/files/file-store.ts';
export { endDesk } from './desk.ts';

/** Patients are asked for photos, and practices ask. */
export function deskOf(context: ToolContext): Promise<Desk> {
  return openDeskOf(context, context.end === 'participant');
}

export function FilesPanel({ context, onClose }: ToolProps) {
  const t = messages();
  const [desk, setDesk] = useState<Desk>();
  useEffect(() => {
    let opened: Desk | undefined;
    let gone = false;
    void deskOf(context).then((desk) => {
      if (gone) return;
      opened = desk;
      desk.isPanelOpen.value = true;
      setDesk(desk);
    });
    return () => {
      gone = true;
      if (opened) opened.isPanelOpen.value = false;
    };
  }, []);
  return (
    <Panel title={t.title} closeLabel={t.close} onClose={onClose}>
      {desk && <DeskView desk={desk} context={context} />}
    </Panel>
  );
}

function DeskView({ desk, context }: { desk: Desk; context: ToolContext }) {
  const t = messages();
  const [taking, setTaking] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  // Whoever opens it comes to what is to be decided.
  useEffect(() => {
    const decision = list.current?.querySelector<HTMLElement>('.photo-taker button, .file-actions button');
    (decision ?? foot.current?.querySelector('button'))?.focus();
  }, []);
  const askedBy = desk.askedBy.value !== undefined;
  const transfers = desk.transfers.value;
  const offered = transfers.filter(({ direction, state }) => direction === 'in' && state.kind === 'offered');
  const closeTaker = () => setTaking(false);
  return (
    <>
      <div ref={list} class="files-list" tabIndex={0} role="group" aria-label={t.title}>
        {(askedBy || taking) && (
          <PhotoTaker
            key={String(askedBy)}
            askedByName={askedBy ? context.otherName : undefined}
            otherName={context.otherName}
            own={context.own}
            onSend={(photo) => {
              desk.sendPhoto(photo);
              closeTaker();
            }}
            onNo={() => {
              desk.photos.decline();
              closeTaker();
            }}
          />
        )}
        {context.end === 'host' && <AskedPhotos desk={desk} name={context.otherName} />}
        {offered.length > 1 && (
          <Button onClick={() => offered.forEach(({ key }) => void desk.exchange.accept(key))}>
            {t.acceptAll(offered.length)}
          </Button>
        )}
        {transfers.length === 0 && !askedBy && !taking && <p class="quiet-text">{t.intro}</p>}
        <ul>
          {transfers.toReversed().map((transfer) => (
            <FileRow key={transfer.key} transfer={transfer} desk={desk} />
          ))}
        </ul>
      </div>
      <div ref={foot} class="files-foot">
        <ChooseFiles onChoose={desk.offer} />
        {context.end === 'host' ? (
          <AskForPhoto desk={desk} context={context} />
        ) : (
          !askedBy && (
            <Button icon={Camera} onClick={() => setTaking(true)}>
              {t.request.take}
            </Button>
          )
        )}
      </div>
      <p class="unseen" role="status">
        {desk.said.value}
      </p>
    </>
  );
}

function ChooseFiles({ onChoose }: { onChoose: (files: readonly File[]) => void }) {
  const t = messages();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t.choose}
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <Button icon={Paperclip} onClick={() => input.current?.click()}>
        {t.choose}
      </Button>
    </>
  );
}

function AskForPhoto({ desk, context }: { desk: Desk; context: ToolContext }) {
  const t = messages().request;
  const [failed, setFailed] = useState(false);
  const isAsked = desk.asked.value.some(({ state }) => state === 'asked');
  const ask = () => setFailed(!context.port.peers.map(({ id }) => desk.photos.ask(id)).some(Boolean));
  return (
    <>
      <Button icon={Camera} busy={isAsked ? t.ask : undefined} onClick={ask}>
        {t.ask}
      </Button>
      <p role="status" class="file-state">
        {failed && t.notAsked}
      </p>
    </>
  );
}

function AskedPhotos({ desk, name }: { desk: Desk; name: string }) {
  const t = messages().request;
  return (
    <div role="status">
      {desk.asked.value.map(({ peerId, state }) => (
        <p key={peerId}>{state === 'asked' ? t.asked(name) : t.declined(name)}</p>
      ))}
    </div>
  );
}
