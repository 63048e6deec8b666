import { useEffect, useRef, useState } from 'preact/hooks';
import { Download, X } from 'lucide';
import { extensionOf, mayRun } from '@sprechzimmer/call/files/file-name.ts';
import { isOpen, type Transfer } from '@sprechzimmer/call/files/transfer.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { language } from '@sprechzimmer/design/i18n.ts';
import type { Desk } from './desk.ts';
import { formatBytes } from './format-bytes.ts';
import { messages } from './messages.ts';
import { makeThumbnail } from './picture-file.ts';
import { describe, nameToShow } from './sentences.ts';

type RowProps = { transfer: Transfer; desk: Desk };
/** With several people: from whom, or to whom. */
type NamedRowProps = RowProps & { withName: boolean };

/** Without progress for so long, a person wants to know why. */
const patienceMs = 8_000;

/** One file: what it is, how it fares, and what can be done. */
export function FileRow({ transfer, desk, withName }: NamedRowProps) {
  const t = messages();
  const row = useRef<HTMLLIElement>(null);
  const { key, direction, size, photo, state } = transfer;
  const name = nameToShow(transfer.name);
  const about = [photo ? t.photo : t.kind(extensionOf(transfer.name)), formatBytes(size, language.value)];
  const otherName = desk.nameOf(transfer.peerId);
  if (withName) about.push(direction === 'in' ? t.from(otherName) : t.to(otherName));
  const warns = direction === 'in' && mayRun(transfer.name) && (isOpen(state) || state.kind === 'done');
  const saved = desk.saved.value.has(key);
  return (
    <li ref={row} class="file-row" tabIndex={-1}>
      <div class="file-head">
        <p class="file-name">
          <bdi>{name}</bdi>
        </p>
        {!isOpen(state) && (
          <Button kind="quiet" icon={X} onClick={() => desk.exchange.remove(key)}>
            <span class="unseen">{t.remove(name)}</span>
          </Button>
        )}
      </div>
      <p class="file-about">{about.join(' · ')}</p>
      {warns && <p class="file-warning">{t.mayRun}</p>}
      <Thumbnail transfer={transfer} desk={desk} name={name} />
      {state.kind === 'running' ? (
        <Progress bytes={state.bytes} size={size} name={name} />
      ) : (
        <p class={`file-state file-state-${state.kind}`}>{saved ? t.saved : describe(transfer, otherName)}</p>
      )}
      {/* What was pressed goes away: whoever uses the keyboard stays with this file. */}
      <div class="file-actions" onClick={() => row.current?.focus({ preventScroll: true })}>
        <Actions transfer={transfer} desk={desk} name={name} saved={saved} />
      </div>
    </li>
  );
}

type ActionsProps = RowProps & { name: string; saved: boolean };

function Actions({ transfer, desk: { exchange, save }, name, saved }: ActionsProps) {
  const t = messages();
  const { key, direction, state } = transfer;
  const comesIn = direction === 'in';
  // Among several files, which one a button is about.
  const ofWhich = <span class="unseen"> {name}</span>;
  if (comesIn && state.kind === 'offered')
    return (
      <>
        <Button onClick={() => void exchange.accept(key)}>
          {t.accept}
          {ofWhich}
        </Button>
        <Button kind="quiet" onClick={() => exchange.decline(key)}>
          {t.decline}
          {ofWhich}
        </Button>
      </>
    );
  if (isOpen(state))
    return (
      <Button kind="quiet" onClick={() => exchange.cancel(key)}>
        {t.cancel}
        {ofWhich}
      </Button>
    );
  if (comesIn)
    return state.kind === 'done' ? (
      <Button kind={saved ? 'quiet' : 'secondary'} icon={Download} onClick={() => save(transfer)}>
        {saved ? t.saveAgain : t.save}
        {ofWhich}
      </Button>
    ) : null;
  const again = state.kind === 'failed' || (state.kind === 'refused' && state.why === 'too-many');
  return again ? (
    <Button onClick={() => exchange.sendAgain(key)}>
      {t.again}
      {ofWhich}
    </Button>
  ) : null;
}

function Progress({ bytes, size, name }: { bytes: number; size: number; name: string }) {
  const t = messages();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, [bytes]);
  return (
    <>
      <progress class="file-progress" value={bytes} max={Math.max(1, size)} aria-label={name} />
      <p class="file-state">
        {t.progress(formatBytes(bytes, language.value), formatBytes(size, language.value))}
      </p>
      {slow && <p class="file-state">{t.slow}</p>}
    </>
  );
}

/** Of pictures only, and drawn anew: nothing of the file itself is shown. A press makes it as wide as the panel. */
function Thumbnail({ transfer, desk, name }: RowProps & { name: string }) {
  const t = messages();
  const [url, setUrl] = useState<string>();
  const [large, setLarge] = useState(false);
  const content = desk.exchange.contentOf(transfer.key);
  useEffect(() => {
    let [made, gone] = ['', false];
    if (content)
      void makeThumbnail(content).then((thumbnail) => {
        if (!thumbnail || gone) return;
        made = URL.createObjectURL(thumbnail);
        setUrl(made);
      });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [content]);
  if (!url) return null;
  return (
    <button
      type="button"
      class={`file-thumbnail ${large ? 'file-thumbnail-large' : ''}`}
      aria-label={large ? t.smaller(name) : t.larger(name)}
      onClick={() => setLarge(!large)}
    >
      <img src={url} alt={t.preview(name)} />
    </button>
  );
}
