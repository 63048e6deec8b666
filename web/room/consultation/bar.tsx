import { MessageSquareText, PhoneOff } from 'lucide';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { DeviceSwitch } from '../devices/device-switch.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { messages } from '../messages.ts';
import { BarTools, ToolMenu } from './tool-menu.tsx';
import type { Tool, ToolContext } from './tools.ts';

type BarProps = {
  own: OwnDevices;
  /** Messages of the chat. */
  unread: number;
  chatOpen: boolean;
  onChat: () => void;
  tools: readonly Tool[];
  context: ToolContext;
  endLabel: string;
  onEnd: () => void;
};

/** What one presses during a consultation. */
export function Bar({ own, unread, chatOpen, onChat, tools, context, endLabel, onEnd }: BarProps) {
  const t = messages();
  return (
    <nav class="bar" aria-label={t.consultation.title}>
      <DeviceSwitch device="microphone" own={own} />
      <DeviceSwitch device="camera" own={own} />
      <button type="button" class="bar-button" aria-expanded={chatOpen} onClick={onChat}>
        <Icon node={MessageSquareText} />
        <span class="bar-label" aria-hidden="true">
          {t.chat.title}
        </span>
        <span class="unseen">{t.chat.open(unread)}</span>
        {unread > 0 && (
          <span class="unread" aria-hidden="true">
            {unread}
          </span>
        )}
      </button>
      <BarTools tools={tools} context={context} />
      {tools.length > 0 && <ToolMenu tools={tools} context={context} />}
      <button type="button" class="bar-button bar-button-end" onClick={onEnd}>
        <Icon node={PhoneOff} />
        <span class="bar-label">{endLabel}</span>
      </button>
    </nav>
  );
}
