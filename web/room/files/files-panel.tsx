import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Camera, Paperclip } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Panel } from '../consultation/panel.tsx';
import type { ToolContext, ToolProps } from '../consultation/tools.ts';
import { type Desk, deskOf } from './desk.ts';
import { FileRow } from './file-row.tsx';
import { messages } from './messages.ts';
import { PhotoTaker } from './photo-taker.tsx';

export { sweepFileStore } from '@sprechzimmer/call/files/file-store.ts';
export { deskOf, endDesk } from './desk.ts';

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
  desk.follow(context);
  const [taking, setTaking] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  // Whoever opens it comes to what is to be decided.
  useLayoutEffect(() => {
    const decision = list.current?.querySelector<HTMLElement>('.photo-taker button, .file-actions button');
    (decision ?? foot.current?.querySelector('button'))?.focus();
  }, []);
  const askedBy = desk.askedBy.value;
  const everybody = context.people.map(({ name }) => name).join(', ');
  const transfers = desk.transfers.value;
  const offered = transfers.filter(({ direction, state }) => direction === 'in' && state.kind === 'offered');
  const closeTaker = () => setTaking(false);
  return (
    <>
      <div ref={list} class="files-list" tabIndex={0} role="group" aria-label={t.title}>
        {(askedBy !== undefined || taking) && (
          <PhotoTaker
            key={askedBy}
            askedByName={askedBy === undefined ? undefined : desk.nameOf(askedBy)}
            otherName={askedBy === undefined ? everybody : desk.nameOf(askedBy)}
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
        {context.end === 'host' && <AskedPhotos desk={desk} />}
        {offered.length > 1 && (
          <Button onClick={() => offered.forEach(({ key }) => void desk.exchange.accept(key))}>
            {t.acceptAll(offered.length)}
          </Button>
        )}
        {transfers.length === 0 && askedBy === undefined && !taking && <p class="quiet-text">{t.intro}</p>}
        <ul>
          {transfers.toReversed().map((transfer) => (
            <FileRow
              key={transfer.key}
              transfer={transfer}
              desk={desk}
              withName={context.people.length > 1}
            />
          ))}
        </ul>
      </div>
      <div ref={foot} class="files-foot">
        <ChooseFiles onChoose={desk.offer} />
        {context.end === 'host' ? (
          <AskForPhoto desk={desk} context={context} />
        ) : (
          askedBy === undefined && (
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
  const { people } = context;
  const isAsked = (id: string) =>
    desk.asked.value.some(({ peerId, state }) => peerId === id && state === 'asked');
  return (
    <>
      {people.map(({ id, name }) => {
        const label = people.length > 1 ? t.askOne(name) : t.ask;
        return (
          <Button
            key={id}
            icon={Camera}
            busy={isAsked(id) ? label : undefined}
            onClick={() => setFailed(!desk.photos.ask(id))}
          >
            {label}
          </Button>
        );
      })}
      <p role="status" class="file-state">
        {failed && t.notAsked}
      </p>
    </>
  );
}

function AskedPhotos({ desk }: { desk: Desk }) {
  const t = messages().request;
  return (
    <div role="status">
      {desk.asked.value.map(({ peerId, state }) => (
        <p key={peerId}>{(state === 'asked' ? t.asked : t.declined)(desk.nameOf(peerId))}</p>
      ))}
    </div>
  );
}
