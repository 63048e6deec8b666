import { useSignal } from '@preact/signals';
import { groupCode } from '@sprechzimmer/crypto/code.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Card, LiveText, Title } from '@sprechzimmer/design/page.tsx';
import { useEffect } from 'preact/hooks';
import { deviceMessages } from './messages.ts';
import { QrCode } from './qr-code.tsx';
import type { OpenDeviceRequest } from './request-device.ts';

const tickMs = 10_000;

/** The code, large, with what to do; and a picture of it for a telephone that is an approved device. */
export function JoinCode({ request, onCancel }: { request: OpenDeviceRequest; onCancel: () => void }) {
  const say = deviceMessages().join;
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => (now.value = Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.max(0, Math.ceil((request.expiresAt.getTime() - now.value) / 60_000));
  return (
    <Card>
      <Title>{say.codeTitle}</Title>
      <div class="device-code" role="group" aria-label={say.codeLabel}>
        {groupCode(request.code)
          .split('-')
          .map((group, index) => (
            <code key={index}>{group}</code>
          ))}
      </div>
      <LiveText>
        <p>
          {say.waiting} {say.validFor(minutes)}
        </p>
      </LiveText>
      <h2>{say.todoTitle}</h2>
      <ol class="steps">
        {say.todo.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <div class="qr-line">
        <QrCode text={`${location.origin}/#approve=${request.code}`} label={say.qr} />
        <p class="quiet-text">{say.scan}</p>
      </div>
      <Button kind="quiet" onClick={onCancel}>
        {say.cancel}
      </Button>
    </Card>
  );
}
