import { type ReadonlySignal, signal } from '@preact/signals';
import { fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openRecord, sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import type { AnyRecord, ResealedRecord } from '@sprechzimmer/protocol/records.ts';
import { ApiError, type PracticeClient } from '../api.ts';
import type { PracticeSession } from '../practice/session.ts';

export type RenewalState =
  | { kind: 'idle' }
  | { kind: 'running'; done: number; all: number; stalled: boolean }
  /** @property unreadable records that no key of this device opens: they stay as they are */
  | { kind: 'done'; unreadable: number };

/** Seals everything that lies there with the newest key, beside the user's own work. */
export type Renewal = {
  state: ReadonlySignal<RenewalState>;
  /** Begins, or does nothing when it is under way. */
  start: () => void;
  /** The person has read that it is done. */
  dismiss: () => void;
};

type RenewalOptions = {
  client: PracticeClient;
  session: () => PracticeSession;
  /** Fetches the session anew: the keys of it. */
  reload: () => Promise<void>;
  active: () => boolean;
  signal: AbortSignal;
};

const retryMs = 10_000;

/**
 * Interrupted at any point, it goes on with what the server still names: each record is replaced as a whole or not at
 * all, and one that was changed meanwhile has the new key already.
 */
export function createRenewal({ client, session, reload, active, signal: ended }: RenewalOptions): Renewal {
  const state = signal<RenewalState>({ kind: 'idle' });
  let isRunning = false;

  async function run(): Promise<void> {
    let all = 0;
    while (!ended.aborted) {
      const { records, remaining } = await client.membership.staleRecords({});
      all = Math.max(all, remaining);
      state.value = { kind: 'running', done: all - remaining, all, stalled: false };
      const current = session();
      const resealed = await Promise.all(records.map((record) => reseal(current, record)));
      const ready = resealed.filter((record) => record !== undefined);
      if (ready.length === 0) {
        await reload();
        state.value = { kind: 'done', unreadable: remaining };
        return;
      }
      await client.membership.reseal({ records: ready });
    }
  }
  async function persist(): Promise<void> {
    while (!ended.aborted) {
      try {
        if (active()) return await run();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // Somebody has made yet another key.
        if (error.code === 'VERSION_CONFLICT') await reload().catch(() => undefined);
        if (state.value.kind === 'running') state.value = { ...state.value, stalled: true };
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
  return {
    state,
    start() {
      if (isRunning) return;
      isRunning = true;
      void persist()
        .catch(() => undefined)
        .finally(() => (isRunning = false));
    },
    dismiss: () => {
      state.value = { kind: 'idle' };
    },
  };
}

/** The same content at the same place, under the newest key. @returns undefined when it does not open */
async function reseal(session: PracticeSession, record: AnyRecord): Promise<ResealedRecord | undefined> {
  const { kind, id, version, generation: fromGeneration } = record;
  const { generation } = session;
  const [oldKey, newKey] = [session.recordKeys.get(fromGeneration), session.recordKeys.get(generation)];
  if (!oldKey || !newKey || fromGeneration >= generation) return undefined;
  const place = { practiceId: session.practice.id, kind, id, version };
  try {
    const old = { ...place, generation: fromGeneration };
    const content = await openRecord(oldKey, fromBase64url(record.sealed), old);
    const sealed = toBase64url(await sealRecord(newKey, content, { ...place, generation }));
    return { kind, id, version, generation, sealed, fromGeneration };
  } catch {
    return undefined;
  }
}
