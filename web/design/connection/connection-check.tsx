import { useEffect, useRef, useState } from 'preact/hooks';
import { judge, testConnection, type Verdict, type WayResult } from '@sprechzimmer/call/connection-test.ts';
import type { IceServer } from '@sprechzimmer/protocol/signalling.ts';
import { Button } from '../button.tsx';
import { Notice, type Tone } from '../notice.tsx';
import { LiveText } from '../page.tsx';
import { messages } from './messages.ts';
import { WaysTable } from './ways-table.tsx';

type ConnectionCheckProps = {
  /** What to test with. Undefined: the server cannot be reached. */
  ask: (signal: AbortSignal) => Promise<IceServer[] | undefined>;
  /** Begins without being asked. */
  atOnce?: boolean;
  onVerdict?: (verdict: Verdict | undefined) => void;
};

type Stage =
  | { kind: 'idle' }
  | { kind: 'asking' }
  | { kind: 'testing'; results: WayResult[] }
  | { kind: 'done'; results: WayResult[]; verdict: Verdict }
  | { kind: 'offline' };

const tones = {
  good: 'good',
  fair: 'good',
  sound: 'warn',
  none: 'bad',
  'no-calls': 'bad',
  unknown: 'info',
} as const satisfies Record<Verdict, Tone>;

/** Tries the line out: the result in words, and way by way behind a fold. */
export function ConnectionCheck({ ask, atOnce = false, onVerdict }: ConnectionCheckProps) {
  const t = messages();
  const [stage, setStage] = useState<Stage>({ kind: 'idle' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => {
    if (atOnce) void run();
    return () => running.current?.abort();
  }, []);

  async function run(): Promise<void> {
    running.current?.abort();
    const ended = new AbortController();
    running.current = ended;
    const { signal } = ended;
    const show = (next: Stage) => signal.aborted || setStage(next);
    onVerdict?.(undefined);
    show({ kind: 'asking' });
    const iceServers = await ask(signal).catch(() => undefined);
    if (!iceServers) {
      show({ kind: 'offline' });
      return;
    }
    const onResults = (results: WayResult[]) => show({ kind: 'testing', results });
    const results = await testConnection({ iceServers, signal, onResults });
    if (signal.aborted) return;
    const verdict = judge(results);
    show({ kind: 'done', results, verdict });
    onVerdict?.(verdict);
  }
  function cancel(): void {
    running.current?.abort();
    setStage({ kind: 'idle' });
  }

  const isRunning = stage.kind === 'asking' || stage.kind === 'testing';
  return (
    <div class="stack-tight">
      <LiveText>
        <StageText stage={stage} />
      </LiveText>
      <div>
        {isRunning ? (
          <Button kind="quiet" onClick={cancel}>
            {t.cancel}
          </Button>
        ) : (
          <Button kind={stage.kind === 'idle' ? 'secondary' : 'quiet'} onClick={() => void run()}>
            {stage.kind === 'idle' ? t.start : t.again}
          </Button>
        )}
      </div>
      {'results' in stage && (
        <details>
          <summary>{t.details}</summary>
          <WaysTable results={stage.results} />
        </details>
      )}
    </div>
  );
}

function StageText({ stage }: { stage: Stage }) {
  const t = messages();
  switch (stage.kind) {
    case 'idle':
      return null;
    case 'asking':
      return <p>{t.asking}</p>;
    case 'testing': {
      const { results } = stage;
      const done = results.filter(({ state }) => state !== 'testing').length;
      return <p>{t.running(done, results.length)}</p>;
    }
    case 'done': {
      const remedy = t.remedies[stage.verdict];
      return (
        <Notice tone={tones[stage.verdict]} title={t.verdicts[stage.verdict]}>
          {remedy ? <p>{remedy}</p> : null}
        </Notice>
      );
    }
    case 'offline':
      return <Notice tone="bad">{t.offline}</Notice>;
    default:
      return stage satisfies never;
  }
}
