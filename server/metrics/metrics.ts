import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createGauges, prefix, type Sources } from './gauges.ts';

/**
 * What an operator can see of a server: counts and durations. Every label is one of a few words of ours (a route, a code of
 * the contract, a channel), never a person, practice, address, id or code.
 */
export type Metrics = {
  requestEnded(request: { app: string; method: string; route: string; status: number; ms: number }): void;
  /** The practice API said no. @param code one of the contract's */
  refused(code: string): void;
  /** A WebSocket was not let in. */
  upgradeRefused(reason: 'path' | 'origin' | 'address' | 'full'): void;
  /** @param outcome as whom somebody came in, or the code with which they were refused */
  joinEnded(outcome: string): void;
  /** The first participant of an appointment was called in. */
  consultationBegan(): void;
  /** A practice's app told how the line of one was. */
  lineReported(line: { way: 'direct' | 'relayed' | null; setUpMs: number | null }): void;
  relayCredentialsMinted(purpose: 'seat' | 'test'): void;
  messageEnded(channel: string, outcome: string, reason?: string | null): void;
  /** @param swept how many rows went, by kind; undefined when it failed */
  sweepEnded(ms: number, swept: Record<string, number> | undefined): void;
  connectionRefused(app: string): void;
  /** What is asked for when somebody looks. A source that throws leaves its figures out. */
  watch(sources: Partial<Sources>): void;
  /** Adds what Node knows of this process (memory, event loop, CPU), which costs a little from then on. */
  watchProcess(build: Build): void;
  /** @returns everything in Prometheus' text format */
  text(): Promise<string>;
  contentType: string;
};

/** Which product this is: its version, and short hashes of the two built apps. */
export type Build = { version: string; practice: string; room: string };

const knownMethods = new Set(['GET', 'HEAD', 'POST']);
const setUpBuckets = [0.25, 0.5, 1, 2, 3, 5, 10, 30, 60];
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: prefix + name, help, labelNames, registers });

  const requests = new Histogram({
    name: `${prefix}http_request_duration_seconds`,
    help: 'Answered HTTP requests, by the route that answered.',
    labelNames: ['app', 'method', 'route', 'status'],
    buckets: requestBuckets,
    registers,
  });
  const refusals = counter('refusals_total', 'Refusals of the practice API, by code.', 'code');
  const upgrades = counter('upgrades_refused_total', 'WebSockets that were not let in, by reason.', 'reason');
  const joins = counter(
    'joins_total',
    'Those who came in (guest, host, host-code, test) or were refused, by code.',
    'outcome',
  );
  const rateLimited = counter('rate_limited_total', 'Refused for being too many, by entry.', 'entry');
  const consultations = counter('consultations_total', 'Appointments whose first participant was called in.');
  const lines = createLineMetrics(registers);
  const credentials = counter(
    'relay_credentials_total',
    'Relay credentials that were handed out.',
    'purpose',
  );
  const messages = counter(
    'messages_total',
    'Attempts to send a message, by what came of them.',
    'channel',
    'outcome',
    'reason',
  );
  const connections = counter('connections_refused_total', 'Connections over a limit, by app.', 'app');
  const sweeps = createSweepMetrics(registers);
  const gauges = createGauges(registers);
  // Present from the start, so that a rate over them begins with 0.
  consultations.inc(0);

  return {
    requestEnded({ app, method, route, status, ms }) {
      const known = knownMethods.has(method) ? method : 'other';
      requests.observe({ app, method: known, route, status: `${Math.floor(status / 100)}xx` }, ms / 1000);
    },
    refused(code) {
      refusals.inc({ code });
      if (code === 'TOO_MANY_ATTEMPTS') rateLimited.inc({ entry: 'api' });
    },
    upgradeRefused(reason) {
      upgrades.inc({ reason });
      if (reason === 'address') rateLimited.inc({ entry: 'sockets' });
    },
    joinEnded(outcome) {
      joins.inc({ outcome });
      if (outcome === 'too-many-attempts') rateLimited.inc({ entry: 'codes' });
    },
    consultationBegan: () => consultations.inc(),
    lineReported: lines.reported,
    relayCredentialsMinted: (purpose) => credentials.inc({ purpose }),
    messageEnded: (channel, outcome, reason) => messages.inc({ channel, outcome, reason: reason ?? 'none' }),
    sweepEnded: sweeps.ended,
    connectionRefused: (app) => connections.inc({ app }),
    watch: (more) => gauges.watch(more),
    watchProcess(build) {
      collectDefaultMetrics({ register: registry });
      const info = new Gauge({
        name: `${prefix}build_info`,
        help: 'Always 1; the labels say which version runs, and which builds of the apps it serves.',
        labelNames: ['version', 'practice', 'room'],
        registers,
      });
      info.set(build, 1);
    },
    async text() {
      await gauges.refresh();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function createLineMetrics(registers: Registry[]): { reported: Metrics['lineReported'] } {
  const ways = new Counter({
    name: `${prefix}consultation_ways_total`,
    help: 'Ended consultations, by the first way that their packets took.',
    labelNames: ['way'],
    registers,
  });
  const seconds = new Histogram({
    name: `${prefix}consultation_set_up_seconds`,
    help: 'From the call to the first picture or sound of whoever was called in.',
    buckets: setUpBuckets,
    registers,
  });
  return {
    reported({ way, setUpMs }) {
      ways.inc({ way: way ?? 'none' });
      if (setUpMs !== null) seconds.observe(setUpMs / 1000);
    },
  };
}

function createSweepMetrics(registers: Registry[]): { ended: Metrics['sweepEnded'] } {
  const runs = new Counter({
    name: `${prefix}sweeps_total`,
    help: 'Runs of the deletion job.',
    labelNames: ['outcome'],
    registers,
  });
  const deleted = new Counter({
    name: `${prefix}swept_rows_total`,
    help: 'Rows that the deletion job deleted, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const seconds = new Gauge({
    name: `${prefix}sweep_duration_seconds`,
    help: 'How long the last run took.',
    registers,
  });
  const success = new Gauge({
    name: `${prefix}sweep_last_success_timestamp_seconds`,
    help: 'When a run last ended well; 0: not yet.',
    registers,
  });
  return {
    ended(ms, swept) {
      seconds.set(ms / 1000);
      runs.inc({ outcome: swept ? 'done' : 'failed' });
      if (!swept) return;
      success.setToCurrentTime();
      for (const [kind, rows] of Object.entries(swept)) deleted.inc({ kind }, rows);
    },
  };
}
