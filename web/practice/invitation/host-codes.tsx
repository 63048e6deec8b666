import { useSignal } from '@preact/signals';
import { groupCode } from '@sprechzimmer/crypto/code.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConfirmDialog } from '@sprechzimmer/design/dialog.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { type HostCode, maxHostCodes } from '@sprechzimmer/protocol/appointment.ts';
import { KeyRound } from 'lucide';
import { newHostCode, revokeHostCode } from '../appointment/change.ts';
import { failureSentence } from '../failure.ts';
import { formatMoment } from '../moments.ts';
import type { Work } from '../work.ts';
import { Copyable } from './copyable.tsx';
import { invitationMessages } from './messages.ts';
import type { OpenedEntry } from './use-entry.ts';

type HostCodesProps = { work: Work; opened: OpenedEntry };

/** Codes that open the host's end of this one appointment: made on request, listed, taken back. */
export function HostCodes({ work, opened }: HostCodesProps) {
  const say = invitationMessages().hostCode;
  const asking = useSignal<'new' | HostCode | undefined>(undefined);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const codes = opened.entry.record.hostCodes;

  async function attempt(step: Parameters<OpenedEntry['change']>[0]): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      await opened.change(step);
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
    asking.value = undefined;
  }
  return (
    <Card quiet>
      <h2>{say.title}</h2>
      <p>{say.lead}</p>
      {codes.map((code) => (
        <OneHostCode
          key={code.id}
          origin={work.session.roomOrigin}
          code={code}
          onRevoke={() => (asking.value = code)}
        />
      ))}
      {codes.length < maxHostCodes ? (
        <Button icon={KeyRound} onClick={() => (asking.value = 'new')}>
          {say.make}
        </Button>
      ) : (
        <p class="quiet-text">{say.full}</p>
      )}
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
      {asking.value !== undefined && (
        <HostCodeQuestion
          about={asking.value}
          busy={busy.value}
          onNew={() => void attempt((entry) => newHostCode(work, entry))}
          onRevoke={({ id }) => void attempt((entry) => revokeHostCode(work, entry, id))}
          onCancel={() => (asking.value = undefined)}
        />
      )}
    </Card>
  );
}

type QuestionProps = {
  about: 'new' | HostCode;
  busy: boolean;
  onNew: () => void;
  onRevoke: (code: HostCode) => void;
  onCancel: () => void;
};

function HostCodeQuestion({ about, busy, onNew, onRevoke, onCancel }: QuestionProps) {
  const say = invitationMessages().hostCode;
  const isNew = about === 'new';
  const working = isNew ? say.making : say.revoking;
  return (
    <ConfirmDialog
      title={isNew ? say.askTitle : say.revokeTitle(groupCode(about.code))}
      confirm={isNew ? say.confirm : say.revokeConfirm}
      cancel={say.cancel}
      busy={busy ? working : undefined}
      danger={!isNew}
      onConfirm={() => (isNew ? onNew() : onRevoke(about))}
      onCancel={onCancel}
    >
      {isNew ? say.ask : say.revokeText}
    </ConfirmDialog>
  );
}

type OneHostCodeProps = { origin: string; code: HostCode; onRevoke: () => void };

function OneHostCode({ origin, code, onRevoke }: OneHostCodeProps) {
  const say = invitationMessages();
  return (
    <div class="host-code">
      <Copyable
        label={say.hostCode.code}
        text={groupCode(code.code)}
        button={say.sheet.copyCode}
        copied={say.sheet.codeCopied}
        large
      />
      <Copyable
        label={say.hostCode.link}
        text={hostLink(origin, code.code)}
        button={say.sheet.copyLink}
        copied={say.sheet.linkCopied}
      />
      <p class="quiet-text">{say.hostCode.since(formatMoment(new Date(code.createdAt)))}</p>
      <Button
        class="button-danger-quiet"
        aria-label={`${say.hostCode.revoke}: ${groupCode(code.code)}`}
        onClick={onRevoke}
      >
        {say.hostCode.revoke}
      </Button>
    </div>
  );
}

/** The host's end; the code stands in the fragment, which no browser sends to a server. */
export function hostLink(roomOrigin: string, code: string): string {
  return `${roomOrigin}/?host-code#${code}`;
}
