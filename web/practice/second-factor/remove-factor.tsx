import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConfirmForm } from '../settings/confirm-form.tsx';

type RemoveFactorProps = { label: string; email: string; onConfirm: (password: string) => Promise<void> };

/** Removing asks for the password, as adding does. */
export function RemoveFactor({ label, email, onConfirm }: RemoveFactorProps) {
  const open = useSignal(false);
  if (!open.value) {
    return (
      <Button kind="quiet" class="form-cancel" onClick={() => (open.value = true)}>
        {label}
      </Button>
    );
  }
  return (
    <ConfirmForm
      submit={label}
      danger
      email={email}
      onCancel={() => (open.value = false)}
      onConfirm={onConfirm}
    />
  );
}
