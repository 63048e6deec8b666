import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from './button.tsx';

type DialogProps = {
  title: string;
  onClose: () => void;
  children?: ComponentChildren;
  actions: ComponentChildren;
};

/**
 * The browser's own modal dialogue: it keeps the focus inside and gives it back. Render it while it is to be open, and
 * never one above another.
 */
function Dialog({ title, onClose, children, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {typeof children === 'string' ? <p>{children}</p> : children}
      <div class="dialog-actions">{actions}</div>
    </dialog>
  );
}

type ConfirmDialogProps = {
  /** Names the thing: "Termin mit Frau Muster absagen?" */
  title: string;
  confirm: string;
  cancel: string;
  /** A word while the confirmed thing is under way. */
  busy?: string | undefined;
  danger?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children?: ComponentChildren;
};

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  title,
  confirm,
  cancel,
  busy,
  danger = false,
  onConfirm,
  onCancel,
  children,
}: ConfirmDialogProps) {
  const actions = (
    <>
      <Button kind="secondary" onClick={onCancel}>
        {cancel}
      </Button>
      <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
        {confirm}
      </Button>
    </>
  );
  return (
    <Dialog title={title} onClose={onCancel} actions={actions}>
      {children}
    </Dialog>
  );
}
