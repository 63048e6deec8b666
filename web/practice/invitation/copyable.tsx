import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { Copy } from 'lucide';
import { useRef } from 'preact/hooks';
import { copyText } from './copy-text.ts';
import { invitationMessages } from './messages.ts';

type CopyableProps = {
  label: string;
  text: string;
  button: string;
  /** Said once it is copied. */
  copied: string;
  large?: boolean;
  onCopied?: (() => void) | undefined;
};

/** A text to take along: shown, and copied with one press. */
export function Copyable({ label, text, button, copied, large = false, onCopied }: CopyableProps) {
  const shown = useRef<HTMLElement>(null);
  return (
    <div class="copyable">
      <h2>{label}</h2>
      <code
        ref={shown}
        class={large ? 'copyable-text copyable-large' : 'copyable-text'}
        {...(onCopied ? { onCopy: onCopied } : {})}
      >
        {text}
      </code>
      <CopyButton {...{ text, button, copied, onCopied }} shown={() => shown.current} />
    </div>
  );
}

type CopyButtonProps = Pick<CopyableProps, 'text' | 'button' | 'copied'> & {
  /** Where the text stands on the page, to be selected if copying is refused. */
  shown: () => Element | null;
  onCopied: (() => void) | undefined;
};

export function CopyButton({ text, button, copied, shown, onCopied }: CopyButtonProps) {
  const outcome = useSignal<'copied' | 'refused' | undefined>(undefined);
  async function copy(): Promise<void> {
    outcome.value = (await copyText(text, shown())) ? 'copied' : 'refused';
    if (outcome.value === 'copied') onCopied?.();
  }
  return (
    <>
      <Button icon={Copy} onClick={() => void copy()}>
        {button}
      </Button>
      <LiveText>
        {outcome.value === 'copied' && <Notice tone="good">{copied}</Notice>}
        {outcome.value === 'refused' && <Notice tone="warn">{invitationMessages().sheet.copyRefused}</Notice>}
      </LiveText>
    </>
  );
}
