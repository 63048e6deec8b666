import type { Channel } from '@sprechzimmer/protocol/delivery.ts';
import type { Context } from '../http/context.ts';
import { describeError } from '../http/errors.ts';
import { openMailSender } from './mail-sender.ts';
import { claim, type Claimed, endAbandoned, handOver, leaseMs, release, settle } from './outbox.ts';
import { openSmsSender } from './sms-sender.ts';
import type { Sender } from './sender.ts';

const tickMs = 500;
/** After a fault of our own, such as a database that is not there. */
const faultPauseMs = 5_000;
/** How many messages are under way at once, and how many each of those lanes takes from the outbox at a time. */
const maxLanes = { mail: 4, sms: 2 } satisfies Record<Channel, number>;
const laneLength = 10;

export type Schedule = { close(): Promise<void> };

/**
 * Sends what is due, until closed: each message at most once, however many servers do so, and whatever ends them. Sends
 * nothing by ways that the operator has not set up.
 */
export function scheduleDeliveries(context: Context): Schedule {
  const { smtp, sms } = context.config;
  const ways: Schedule[] = [];
  if (smtp) ways.push(openWay(context, 'mail', openMailSender(context, smtp)));
  if (sms) ways.push(openWay(context, 'sms', openSmsSender(context, sms)));
  return {
    async close() {
      await Promise.all(ways.map((way) => way.close()));
    },
  };
}

function openWay(context: Context, channel: Channel, sender: Sender): Schedule {
  const lanes = new Set<Promise<void>>();
  let isClosing = false;
  let pausedUntil = 0;
  let nextCleaning = 0;
  /** One message got through since the last trouble: only then many are tried at once. */
  let isProven = false;

  const isHalted = (): boolean => isClosing || context.now().getTime() < pausedUntil;

  function startLane(): void {
    if (isHalted() || lanes.size >= (isProven ? maxLanes[channel] : 1)) return;
    const lane = runLane()
      .catch((error: unknown) => {
        pausedUntil = context.now().getTime() + faultPauseMs;
        context.log.error({ error: describeError(error) }, 'sending failed');
      })
      .finally(() => lanes.delete(lane));
    lanes.add(lane);
  }

  async function runLane(): Promise<void> {
    await clean();
    while (!isHalted()) {
      const claimed = await claim(context, channel, laneLength);
      if (claimed.length === 0) return;
      if (claimed.length === laneLength) startLane();
      for (const message of claimed) await sendOne(message);
    }
  }

  async function sendOne(message: Claimed): Promise<void> {
    if (isHalted()) return release(context, message);
    const outcome = await sender.send(message, (bounceHash) => handOver(context, message, bounceHash));
    if (outcome.state === 'waiting' && isClosing) return release(context, message);
    if (outcome.state === 'waiting' && outcome.pauseMs) {
      pausedUntil = context.now().getTime() + outcome.pauseMs;
      isProven = false;
    } else if (!isProven) {
      isProven = true;
      startLane();
    }
    await settle(context, message, outcome);
    const reason = 'reason' in outcome ? outcome.reason : undefined;
    context.metrics.messageEnded(channel, outcome.state, reason);
  }

  async function clean(): Promise<void> {
    const moment = context.now().getTime();
    if (moment < nextCleaning) return;
    nextCleaning = moment + leaseMs / 4;
    await endAbandoned(context);
  }

  const timer = setInterval(startLane, tickMs);
  startLane();
  return {
    async close() {
      isClosing = true;
      clearInterval(timer);
      await sender.close();
      await Promise.all(lanes);
    },
  };
}
