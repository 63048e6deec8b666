import { type ReadonlySignal, signal } from '@preact/signals';

const found = signal<string | undefined>(undefined);

/** The code of a scanned link, until somebody takes it. */
export const scannedCode: ReadonlySignal<string | undefined> = found;

/** Reads `#approve=CODE` and takes it out of the address bar, now and whenever such a link is opened in this page. */
export function watchApproveLinks(): void {
  const read = () => {
    const code = /^#approve=([0-9A-Za-z-]{1,40})$/.exec(location.hash)?.[1];
    if (code === undefined) return;
    history.replaceState(history.state, '', location.pathname);
    found.value = code;
  };
  read();
  addEventListener('hashchange', read);
}

export function takeScannedCode(): string | undefined {
  const code = found.value;
  found.value = undefined;
  return code;
}
