import { useLayoutEffect } from 'preact/hooks';

/** Begins each page at its top: the heading takes the focus without scrolling. */
export function useTopOfPage(page: string): void {
  useLayoutEffect(() => scrollTo(0, 0), [page]);
}
