import { language } from '@sprechzimmer/design/i18n.ts';
import type { ComponentChildren } from 'preact';
import { publicMessages } from './messages.ts';

type PublicLinkProps = {
  /** The page's path in German, such as `hilfe/firewall`; with a `#` to a place on it. */
  page: string;
  class?: string;
  children: ComponentChildren;
};

/** To a page of the server, in a window of its own: what is open here, or typed, stays. */
export function PublicLink({ page, class: className, children }: PublicLinkProps) {
  const path = language.value === 'de' ? `/${page}` : `/${language.value}/${page}`;
  return (
    <a href={path} target="_blank" rel="noopener" {...(className ? { class: className } : {})}>
      {children}
      <span class="unseen"> {publicMessages().newWindow}</span>
    </a>
  );
}
