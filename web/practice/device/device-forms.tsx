import { useSignal } from '@preact/signals';
import { dayIn } from '@sprechzimmer/design/dates.ts';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { changeAsUser } from '../membership/change-as-user.ts';
import { withNewestKey } from '../membership/with-newest-key.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { SaveForm } from '../settings/save-form.tsx';
import type { Work } from '../work.ts';
import { sealDeviceProfile } from './approve-device.ts';
import type { ListedDevice } from './devices.ts';
import { endOfDay } from './end-of-day.ts';
import { deviceMessages } from './messages.ts';

type DeviceFormProps = { work: Work; device: ListedDevice; name: string; onClose: () => void };

export function RenameDevice({ work, device, onClose }: DeviceFormProps) {
  const say = deviceMessages().devices;
  const typed = useSignal(device.name ?? '');
  const isMissing = typed.value.trim() === '';
  async function save(): Promise<void> {
    const next = typed.value.trim();
    await withNewestKey(work, async () => {
      const { session } = work;
      const { version = 0 } =
        session.view.profiles.find(({ kind, id }) => kind === 'device' && id === device.id) ?? {};
      const profile = { name: next, browser: device.browser };
      await work.client.profile.save(await sealDeviceProfile(session, device.id, version + 1, profile));
    });
    await work.reload();
    work.say(say.renamed(next));
    onClose();
  }
  return (
    <SaveForm submit={say.save} isValid={!isMissing} onSave={save}>
      {(asked) => (
        <TextField
          label={say.name}
          autocomplete="off"
          maxLength={200}
          value={typed.value}
          onInput={(value) => (typed.value = value)}
          problem={asked && isMissing ? deviceMessages().join.deviceNameMissing : undefined}
        />
      )}
    </SaveForm>
  );
}

/** Until the end of a day, such as the last one of the holidays, or until somebody ends it. */
export function SuspendDevice({ work, device, name, onClose }: DeviceFormProps) {
  const say = deviceMessages().devices;
  const { timeZone } = work.session.practice;
  const today = dayIn(timeZone, work.clock.value);
  const until = useSignal('');
  const isPast = until.value !== '' && until.value < today;
  async function suspend(password: string): Promise<void> {
    const suspendedUntil = until.value === '' ? null : endOfDay(until.value, timeZone).toISOString();
    const action = { kind: 'suspend-device', deviceId: device.id } as const;
    await changeAsUser(work, action, { suspendedUntil }, password);
    work.say(say.suspendedDone(name));
    onClose();
  }
  return (
    <ConfirmForm
      submit={say.suspend}
      email={work.session.user.email}
      isValid={!isPast}
      onConfirm={suspend}
      onCancel={onClose}
    >
      {(asked) => (
        <>
          <p>{say.suspendText}</p>
          <TextField
            label={say.until}
            hint={say.untilHint}
            type="date"
            value={until.value}
            onInput={(value) => (until.value = value)}
            problem={asked && isPast ? say.untilPast : undefined}
          />
        </>
      )}
    </ConfirmForm>
  );
}

export function ResumeDevice({ work, device, name, onClose }: DeviceFormProps) {
  const say = deviceMessages().devices;
  async function resume(password: string): Promise<void> {
    await changeAsUser(work, { kind: 'resume-device', deviceId: device.id }, {}, password);
    work.say(say.resumedDone(name));
    onClose();
  }
  return (
    <ConfirmForm submit={say.resume} email={work.session.user.email} onConfirm={resume} onCancel={onClose}>
      {() => <p>{say.resumeText}</p>}
    </ConfirmForm>
  );
}

/** Asks with the device's name; the practice's key is renewed with the same password. */
export function RemoveDevice({ work, device, name, onClose }: DeviceFormProps) {
  const say = deviceMessages().devices;
  const typed = useSignal('');
  const isNamed = typed.value.trim() === name.trim();
  async function remove(password: string): Promise<void> {
    // The row goes with the device: what follows has no place to be shown but the page.
    work.say(undefined);
    await changeAsUser(work, { kind: 'remove-device', deviceId: device.id }, {}, password);
    work.say(say.removedDone(name));
  }
  return (
    <ConfirmForm
      submit={say.remove}
      danger
      email={work.session.user.email}
      isValid={isNamed}
      onConfirm={remove}
      onCancel={onClose}
    >
      {(asked) => (
        <>
          <p>{say.removeText}</p>
          <TextField
            label={say.removeType}
            autocomplete="off"
            value={typed.value}
            onInput={(value) => (typed.value = value)}
            problem={asked && !isNamed ? say.removeTypeWrong(name) : undefined}
          />
        </>
      )}
    </ConfirmForm>
  );
}
