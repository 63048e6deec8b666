import { type ReadonlySignal, signal } from '@preact/signals';

type Source = { onChange(listener: () => void): () => void };

/** What is read from something that tells when it changed, as a signal. Lives as long as its source. */
export function follow<Value>(source: Source, read: () => Value): ReadonlySignal<Value> {
  const view = signal(read());
  source.onChange(() => {
    view.value = read();
  });
  return view;
}
