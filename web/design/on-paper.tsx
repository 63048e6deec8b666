import { type ComponentChildren, render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** While it is on the page, this and nothing else is what the page prints as. */
export function OnPaper({ children }: { children: ComponentChildren }) {
  const sheet = useRef<HTMLElement>(undefined);
  useEffect(() => {
    const element = document.createElement('section');
    element.className = 'on-paper';
    element.setAttribute('aria-hidden', 'true');
    document.body.append(element);
    sheet.current = element;
    return () => {
      render(null, element);
      element.remove();
    };
  }, []);
  useEffect(() => {
    if (sheet.current) render(children, sheet.current);
  });
  return null;
}
