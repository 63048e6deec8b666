import type { Claimed, Outcome } from './outbox.ts';

/** One way out of the server. */
export type Sender = {
  /** Never throws for what the other end does; the message leaves only after `handOver` has said so. */
  send(claimed: Claimed, handOver: HandOver): Promise<Outcome>;
  /** Breaks off what has not been handed over yet, and waits a while for what has. */
  close(): Promise<void>;
};

/** @param bounceHash SHA-256 of the token in the address that bounces go to */
export type HandOver = (bounceHash: Buffer | null) => Promise<boolean>;

/** How long a server that stops waits for answers to what it has handed over. */
export const closePatienceMs = 20_000;
