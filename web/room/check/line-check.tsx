import { useState } from 'preact/hooks';
import type { Verdict } from '@sprechzimmer/call/connection-test.ts';
import { askTestServers, type TestServers } from '@sprechzimmer/call/test-servers.ts';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { readCode } from '@sprechzimmer/crypto/code.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConnectionCheck } from '@sprechzimmer/design/connection/connection-check.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { prepareKeys } from '../keys.ts';
import { messages } from './messages.ts';

type LineCheckProps = {
  code: string | undefined;
  /** Where a code may be typed. */
  onCode?: (code: string) => void;
  onVerdict: (verdict: Verdict | undefined) => void;
  atOnce?: boolean;
};

/** The connection test, with what the invitation's code opens: without it, the relay stays closed. */
export function LineCheck({ code, onCode, onVerdict, atOnce = false }: LineCheckProps) {
  const t = messages();
  const [refused, setRefused] = useState<Extract<TestServers, { kind: 'refused' }>['code']>();
  async function ask(signal: AbortSignal) {
    setRefused(undefined);
    if (code === undefined) return [];
    const { locator } = await prepareKeys(code);
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${signallingPath}`;
    const answer = await askTestServers(url, toBase64url(locator), signal);
    if (answer.kind === 'servers') return answer.iceServers;
    if (answer.kind === 'offline') return undefined;
    setRefused(answer.code);
    return [];
  }
  return (
    <div class="stack-tight">
      {refused && <Notice tone="warn">{refused === 'too-many-attempts' ? t.attempts : t.codeRefused}</Notice>}
      {onCode && (code === undefined || refused) && <CodeForm onCode={onCode} />}
      <ConnectionCheck key={code} ask={ask} atOnce={atOnce} onVerdict={onVerdict} />
    </div>
  );
}

function CodeForm({ onCode }: { onCode: (code: string) => void }) {
  const t = messages();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const reading = readCode(typed);
  return (
    <form
      class="stack-tight"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (reading.kind === 'code') onCode(reading.code);
      }}
    >
      <p>{t.withoutCode}</p>
      <TextField
        label={t.code}
        class="input-code"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        placeholder="XXXX-XXXX-XXXX"
        problem={asked && reading.kind !== 'code' ? t.codeWrong : undefined}
        value={typed}
        onInput={setTyped}
      />
      <div>
        <Button type="submit">{t.withCode}</Button>
      </div>
    </form>
  );
}
