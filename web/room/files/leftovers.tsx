import { signal } from '@preact/signals';
import { render } from 'preact';
import { Download } from 'lucide';
import type { Transfer } from '@sprechzimmer/call/files/transfer.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { language } from '@sprechzimmer/design/i18n.ts';
import { formatBytes } from './format-bytes.ts';
import { messages } from './messages.ts';
import { saveFile, saveTakesMs } from './save-file.ts';
import { nameToShow } from './sentences.ts';

type Leftover = { transfer: Transfer; from: string; discard: (transfer: Transfer) => void };

const leftovers = signal<readonly Leftover[]>([]);
let box: HTMLElement | undefined;

/**
 * Whoever ends a consultation does not ask the other side whether it has saved everything. So what was received stays at
 * hand, below whichever page follows, until it is saved or the window is closed.
 */
export function keepUnsaved(
  transfers: readonly Transfer[],
  nameOf: (transfer: Transfer) => string,
  discard: (transfer: Transfer) => void,
): void {
  leftovers.value = [
    ...leftovers.value,
    ...transfers.map((transfer) => ({ transfer, from: nameOf(transfer), discard })),
  ];
  if (leftovers.value.length === 0 || box) return;
  box = document.createElement('div');
  box.className = 'files-left-frame';
  document.body.append(box);
  addEventListener('beforeunload', warn);
  render(<Leftovers />, box);
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function take(leftover: Leftover): void {
  leftovers.value = leftovers.value.filter((one) => one !== leftover);
  if (leftovers.value.length > 0 || !box) return;
  removeEventListener('beforeunload', warn);
  render(null, box);
  box.remove();
  box = undefined;
}

function save(leftover: Leftover): void {
  const { transfer, discard } = leftover;
  if (transfer.state.kind === 'done' && transfer.state.content)
    saveFile(transfer.state.content, nameToShow(transfer.name));
  setTimeout(() => discard(transfer), saveTakesMs);
  take(leftover);
}

function Leftovers() {
  const t = messages();
  return (
    <section class="files-left" aria-labelledby="files-left">
      <h2 id="files-left">{t.left.title}</h2>
      <p>{t.left.text}</p>
      <ul>
        {leftovers.value.map((leftover) => {
          const { transfer, from, discard } = leftover;
          return (
            <li key={transfer.key} class="file-row">
              <p class="file-name">
                <bdi>{nameToShow(transfer.name)}</bdi>
              </p>
              <p class="file-about">
                {formatBytes(transfer.size, language.value)}, {t.from(from)}
              </p>
              <div class="file-actions">
                <Button icon={Download} onClick={() => save(leftover)}>
                  {t.save}
                </Button>
                <Button
                  kind="quiet"
                  onClick={() => {
                    discard(transfer);
                    take(leftover);
                  }}
                >
                  {t.left.discard}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
