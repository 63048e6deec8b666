import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { Icon, type IconNode } from './icon.tsx';

type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet';

type Look = {
  kind?: ButtonKind;
  size?: 'normal' | 'large';
  /** As wide as its column. */
  wide?: boolean;
  icon?: IconNode;
  class?: string;
  children?: ComponentChildren;
};

type ButtonProps = Look & {
  /** A word for what is going on; while it is there, the button keeps the focus and does nothing. */
  busy?: string | undefined;
} & Omit<ButtonHTMLAttributes, 'class' | 'icon' | 'size' | 'children'>;

/** A button. At most one `primary` on a page: the next step. */
export function Button({
  kind,
  size,
  wide,
  icon,
  busy,
  class: extra,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const className = `${buttonClass({ kind, size, wide, class: extra })}${busy ? ' button-busy' : ''}`;
  return (
    <button
      type="button"
      {...rest}
      class={className}
      aria-disabled={busy ? 'true' : rest['aria-disabled']}
      onClick={
        busy
          ? (event) => {
              event.preventDefault();
            }
          : onClick
      }
    >
      {icon && !busy && <Icon node={icon} />}
      {busy ?? children}
    </button>
  );
}

/** A link that looks like a button, such as a telephone number to call. */
export function ButtonLink({
  href,
  kind,
  size,
  wide,
  icon,
  class: extra,
  children,
  onClick,
}: Look & { href: string; onClick?: () => void }) {
  return (
    <a href={href} class={buttonClass({ kind, size, wide, class: extra })} {...(onClick ? { onClick } : {})}>
      {icon && <Icon node={icon} />}
      {children}
    </a>
  );
}

type ClassParts = { [K in 'kind' | 'size' | 'wide' | 'class']?: Look[K] | undefined };

function buttonClass({ kind = 'secondary', size, wide, class: extra }: ClassParts): string {
  const parts = ['button', `button-${kind}`];
  if (size === 'large') parts.push('button-large');
  if (wide) parts.push('button-wide');
  if (extra) parts.push(extra);
  return parts.join(' ');
}
