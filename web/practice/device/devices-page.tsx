import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { State } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { MonitorSmartphone } from 'lucide';
import { formatMoment } from '../moments.ts';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { RenameDevice, RemoveDevice, ResumeDevice, SuspendDevice } from './device-forms.tsx';
import { listDevices, type ListedDevice } from './devices.ts';
import { deviceMessages } from './messages.ts';
import { RenewalNotice } from './renewal-notice.tsx';
import { RequestsCard } from './requests-card.tsx';

/** Every device that can open the practice's records, and what the main user can do about it. */
export function DevicesPage({ work }: { work: Work }) {
  const say = deviceMessages().devices;
  const { isMain } = work.session.user;
  return (
    <SubPage work={work} title={say.title} lead={isMain ? say.lead : `${say.lead} ${say.mainOnly}`}>
      <RequestsCard work={work} />
      <RenewalNotice work={work} />
      <ul class="member-list">
        {listDevices(work.session).map((device) => (
          <DeviceRow key={device.id} work={work} device={device} />
        ))}
      </ul>
      {isMain && (
        <Card quiet>
          <h2>{say.add}</h2>
          <p>{say.addText}</p>
        </Card>
      )}
    </SubPage>
  );
}

type Doing = 'rename' | 'suspend' | 'resume' | 'remove';

function DeviceRow({ work, device }: { work: Work; device: ListedDevice }) {
  const say = deviceMessages().devices;
  const doing = useSignal<Doing | undefined>(undefined);
  const close = () => (doing.value = undefined);
  const form = { work, device, name: device.name ?? say.nameless, onClose: close };
  return (
    <li class="member">
      <Icon node={MonitorSmartphone} />
      <div class="member-who">
        <DeviceFacts device={device} />
        {doing.value === 'rename' && <RenameDevice {...form} />}
        {doing.value === 'suspend' && <SuspendDevice {...form} />}
        {doing.value === 'resume' && <ResumeDevice {...form} />}
        {doing.value === 'remove' && <RemoveDevice {...form} />}
        {work.session.user.isMain && doing.value === undefined && (
          <DeviceActions device={device} name={form.name} onDo={(what) => (doing.value = what)} />
        )}
      </div>
    </li>
  );
}

function DeviceFacts({ device }: { device: ListedDevice }) {
  const say = deviceMessages().devices;
  return (
    <>
      <p>
        <strong dir="auto">{device.name ?? say.nameless}</strong>
        {device.isOwn && <span class="quiet-text"> ({say.thisDevice})</span>}
      </p>
      <p class="quiet-text">{device.browser}</p>
      <p class="quiet-text">
        {device.lastSeenAt ? say.seen(formatMoment(device.lastSeenAt)) : say.neverSeen}
      </p>
      <p class="quiet-text">
        {say.approved(device.approvedBy ?? say.formerUser, formatMoment(device.approvedAt))}
      </p>
      {device.isSuspended && <State tone="warn">{suspensionInWords(device)}</State>}
    </>
  );
}

/** The log keeps a device as suspended until someone resumes it, also when people may sign in there again. */
function suspensionInWords({ suspendedUntil }: ListedDevice): string {
  const say = deviceMessages().devices;
  if (!suspendedUntil) return say.suspended;
  const isOver = suspendedUntil.getTime() <= Date.now();
  return isOver ? say.suspensionOver : say.suspendedUntil(formatMoment(suspendedUntil));
}

type DeviceActionsProps = { device: ListedDevice; name: string; onDo: (what: Doing) => void };

/** Nobody shuts the device out in front of which they sit. */
function DeviceActions({ device, name, onDo }: DeviceActionsProps) {
  const say = deviceMessages().devices;
  return (
    <div class="member-actions">
      <Button aria-label={say.renameOf(name)} onClick={() => onDo('rename')}>
        {say.rename}
      </Button>
      {!device.isOwn && !device.isSuspended && (
        <Button aria-label={say.suspendOf(name)} onClick={() => onDo('suspend')}>
          {say.suspend}
        </Button>
      )}
      {device.isSuspended && (
        <Button aria-label={say.resumeOf(name)} onClick={() => onDo('resume')}>
          {say.resume}
        </Button>
      )}
      {!device.isOwn && (
        <Button
          class="form-cancel"
          kind="quiet"
          aria-label={say.removeOf(name)}
          onClick={() => onDo('remove')}
        >
          {say.remove}
        </Button>
      )}
    </div>
  );
}
