import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type PageProps = {
  header?: ComponentChildren;
  footer?: ComponentChildren;
  width?: 'narrow' | 'wide' | 'full';
  children: ComponentChildren;
};

/** One page: header line, the column with what there is to do, a quiet footer. */
export function Page({ header, footer, width = 'narrow', children }: PageProps) {
  return (
    <div class="page">
      {header && <header class="page-header">{header}</header>}
      <main class={`page-main page-${width}`}>{children}</main>
      {footer && <footer class="page-footer">{footer}</footer>}
    </div>
  );
}

/** The product's mark and a name beside it. */
export function Brand({ name = 'Sprechzimmer' }: { name?: string }) {
  return (
    <span class="brand">
      <svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
        <rect width="28" height="28" rx="8" fill="currentcolor" />
        <path class="door" d="M9 22V10.5a5 5 0 0 1 10 0V22h-3.2v-4.6h-1.9V22z" />
      </svg>
      {name}
    </span>
  );
}

/** The page's heading. It takes the focus when the page appears, so that a screen reader says where one is. */
export function Title({ children, focus = true }: { children: ComponentChildren; focus?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** A sheet of paper on the page. `quiet` ones stand back. */
export function Card({
  quiet = false,
  class: extra,
  children,
}: {
  quiet?: boolean;
  class?: string;
  children: ComponentChildren;
}) {
  return <section class={`card${quiet ? ' card-quiet' : ''}${extra ? ` ${extra}` : ''}`}>{children}</section>;
}

/** A sentence that changes by itself and is read out when it does. */
export function LiveText({ class: extra, children }: { class?: string; children: ComponentChildren }) {
  return (
    <div role="status" {...(extra ? { class: extra } : {})}>
      {children}
    </div>
  );
}
