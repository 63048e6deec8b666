import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Role } from '@sprechzimmer/protocol/membership.ts';
import {
  type ClientMessage,
  type ServerMessage,
  serverMessage,
  signallingPath,
} from '@sprechzimmer/protocol/signalling.ts';
import { type ClientOptions, WebSocket } from 'ws';
import { readConfig } from '../http/config.ts';
import type { Context } from '../http/context.ts';
import { createLog } from '../http/log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { type Bus, type BusOptions, openBus } from '../instances/bus.ts';
import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import { issueHostTicket } from '../waiting-room/issue-host-ticket.ts';
import { type SignallingLimits, signallingLimits } from '../waiting-room/limits.ts';
import { attachSignalling } from '../waiting-room/signalling.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import type { TestRedis } from './test-redis.ts';

export const testTimeZone = 'Europe/Berlin';
export const testRoomOrigin = 'http://localhost:7301';

export type TestSignallingOptions = {
  limits?: Partial<SignallingLimits>;
  now?: () => Date;
  config?: Partial<Context['config']>;
  /** Makes it another instance of the same installation. */
  beside?: { database: TestDatabase; logLines: string[] };
  bus?: BusOptions;
};

/** Set when every test of this process runs on two instances. */
let redisForAll: TestRedis | undefined;

/**
 * From now on `startTestSignalling` starts two instances, and every other socket is connected to the other one: what
 * holds for one has to hold across them.
 */
export function startInstancesInPairs(redis: TestRedis): void {
  redisForAll = redis;
}

export type TestSignalling = Awaited<ReturnType<typeof startTestSignalling>>;
export type TestPractitioner = { practiceId: string; userId: string; timeZone: string; role: Role };
type TestCode = { id: string; locator: string; locatorHash: Buffer; card: string };
export type TestInvitation = TestCode & { appointmentId: string };

/** The real signalling on a port of its own and a database schema of its own, with practices as a test needs them. */
export async function startTestSignalling(options: TestSignallingOptions = {}) {
  const database = options.beside?.database ?? (await openTestDatabase());
  const bus = redisForAll && { redisUrl: redisForAll.url, namespace: database.schema };
  const first = await startInstance(database, { ...(bus && { bus }), ...options });
  if (!bus || options.bus) return first;
  const second = await startInstance(database, { bus, ...options, beside: first });
  const next = () => (turn = turn === first ? second : first);
  let turn = second;
  return {
    ...first,
    connect: (...words: Parameters<typeof first.connect>) => next().connect(...words),
    join: (...words: Parameters<typeof first.join>) => next().join(...words),
    host: (...words: Parameters<typeof first.host>) => next().host(...words),
    hostByCode: (...words: Parameters<typeof first.hostByCode>) => next().hostByCode(...words),
    async closeSignalling() {
      await Promise.all([first.closeSignalling(), second.closeSignalling()]);
    },
    async close() {
      await second.close();
      await first.close();
    },
  };
}

async function startInstance(database: TestDatabase, options: TestSignallingOptions) {
  const logLines = options.beside?.logLines ?? [];
  const log = createLog('debug', { write: (line) => logLines.push(line) });
  const context: Context = {
    db: database.db,
    config: { ...readConfig({}, '/'), roomOrigin: testRoomOrigin, ...options.config },
    log,
    metrics: createMetrics(),
    now: options.now ?? (() => new Date()),
    bus: options.bus && openBus(log, options.bus),
    isHosting: (practitioner) => signalling.isHosting(practitioner),
    whoIsHere: (seats) => signalling.whoIsHere(seats),
  };
  const server = createServer((_, response) => response.writeHead(404).end());
  const signalling = attachSignalling(server, context, { ...signallingLimits, ...options.limits });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}${signallingPath}`;
  const sockets: TestSocket[] = [];

  function connect(clientOptions: ClientOptions = {}, path = ''): TestSocket {
    const socket = new TestSocket(url + path, clientOptions);
    sockets.push(socket);
    return socket;
  }

  await untilUp(context.bus);
  return {
    database,
    context,
    url,
    logLines,
    connect,
    /** A participant that has been let in, and what it was told. */
    async join(invitation: TestInvitation, place = newPlace()) {
      const socket = connect();
      socket.say({ kind: 'join', v: 1, locator: invitation.locator, place });
      return { socket, place, joined: await socket.next('joined') };
    },
    async host(practitioner: TestPractitioner) {
      const { ticket } = await issueHostTicket(context, practitioner);
      const socket = connect();
      socket.say({ kind: 'host', v: 1, ticket });
      return { socket, ticket, hosting: await socket.next('hosting') };
    },
    async hostByCode(hostCode: { locator: string }) {
      const socket = connect();
      socket.say({ kind: 'host-code', v: 1, locator: hostCode.locator });
      return { socket, hosting: await socket.next('hosting') };
    },
    closeSignalling: () => signalling.close(),
    async close() {
      for (const socket of sockets) socket.terminate();
      await signalling.close();
      await context.bus?.close();
      await new Promise((resolve) => server.close(resolve));
      if (!options.beside) await database.close();
    },
  };
}

async function untilUp(bus: Bus | undefined): Promise<void> {
  while (bus?.isUp() === false) await delay(10);
}

export async function addPractitioner(
  { db }: Pick<Context, 'db'>,
  timeZone = testTimeZone,
): Promise<TestPractitioner> {
  const practiceId = randomUUID();
  const userId = randomUUID();
  await db.insertInto('practice').values({ id: practiceId, time_zone: timeZone }).execute();
  await db
    .insertInto('practice_user')
    .values({
      id: userId,
      practice_id: practiceId,
      email: `${userId}@praxis.example`,
      password_hash: 'none',
      is_main: true,
    })
    .execute();
  return { practiceId, userId, timeZone, role: 'practitioner' };
}

/** An appointment with `count` participants, today in the practice's time zone unless `day` is given. */
export async function addInvitations(
  context: Pick<Context, 'db' | 'now'>,
  practitioner: TestPractitioner,
  count: number,
  day = calendarDayIn(practitioner.timeZone, context.now()),
): Promise<TestInvitation[]> {
  const appointmentId = randomUUID();
  const owner = { practice_id: practitioner.practiceId, practitioner_id: practitioner.userId, day };
  await context.db
    .insertInto('appointment')
    .values({ id: appointmentId, ...owner, version: 1, generation: 1, sealed: randomBytes(64) })
    .execute();
  const invitations = Array.from({ length: count }, () => ({ ...newCode(), appointmentId }));
  const rows = invitations.map(({ id, locatorHash, card }) => ({
    id,
    appointment_id: appointmentId,
    ...owner,
    locator_hash: locatorHash,
    card: Buffer.from(card, 'base64url'),
  }));
  await context.db.insertInto('invitation').values(rows).execute();
  return invitations;
}

export async function addInvitation(
  context: Pick<Context, 'db' | 'now'>,
  practitioner: TestPractitioner,
  day?: string,
): Promise<TestInvitation> {
  const [invitation] = await addInvitations(context, practitioner, 1, day);
  return invitation!;
}

/** A host code for the appointment of an invitation, on its day. */
export async function addHostCode(
  { db }: Pick<Context, 'db'>,
  { appointmentId }: TestInvitation,
): Promise<TestCode> {
  const hostCode = newCode();
  const appointment = await db
    .selectFrom('appointment')
    .select(['practice_id', 'practitioner_id', 'day'])
    .where('id', '=', appointmentId)
    .executeTakeFirstOrThrow();
  const { id, locatorHash: locator_hash } = hostCode;
  const card = Buffer.from(hostCode.card, 'base64url');
  await db
    .insertInto('host_code')
    .values({ id, appointment_id: appointmentId, ...appointment, locator_hash, card })
    .execute();
  return hostCode;
}

function newCode(): TestCode {
  const locator = randomBytes(16);
  return {
    id: randomUUID(),
    locator: locator.toString('base64url'),
    locatorHash: createHash('sha256').update(locator).digest(),
    card: randomBytes(48).toString('base64url'),
  };
}

/** What a page shows again to take its place back. */
export function newPlace(): string {
  return randomBytes(16).toString('base64url');
}

/** A binary frame as it goes over the wire: connection number, then the payload. */
export function frame(connection: number, payload: string | Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(connection);
  return Buffer.concat([header, Buffer.from(payload as string)]);
}

const patienceMs = 4_000;

/** A client whose messages are taken one after the other; each wait ends in an error when nothing comes. */
export class TestSocket {
  readonly raw: WebSocket;
  readonly #arrived: (ServerMessage | Buffer)[] = [];
  readonly #outbox: (string | Buffer)[] = [];
  readonly #waiters: (() => void)[] = [];
  #closeCode: number | undefined;

  constructor(url: string, options: ClientOptions = {}) {
    this.raw = new WebSocket(url, { origin: testRoomOrigin, perMessageDeflate: false, ...options });
    this.raw.on('error', () => {});
    this.raw.on('open', () => this.#outbox.splice(0).forEach((data) => this.raw.send(data)));
    this.raw.on('message', (data, isBinary) => {
      const bytes = data as Buffer;
      this.#arrived.push(isBinary ? bytes : serverMessage.parse(JSON.parse(bytes.toString())));
      this.#wake();
    });
    this.raw.on('close', (code) => {
      this.#closeCode = code;
      this.#wake();
    });
  }

  /** Sends as soon as the socket is open, what was sent earlier first. */
  send(data: string | Buffer): void {
    if (this.raw.readyState === WebSocket.CONNECTING) this.#outbox.push(data);
    else this.raw.send(data);
  }

  say(message: ClientMessage): void {
    this.send(JSON.stringify(message));
  }

  /** The next thing that comes, which must be a message of this kind. */
  async next<Kind extends ServerMessage['kind']>(
    kind: Kind,
  ): Promise<Extract<ServerMessage, { kind: Kind }>> {
    const message = await this.#take(`message ${kind}`);
    if (Buffer.isBuffer(message) || message.kind !== kind) {
      const found = Buffer.isBuffer(message) ? 'a frame' : JSON.stringify(message);
      throw new Error(`expected message ${kind}, got ${found}`);
    }
    return message as Extract<ServerMessage, { kind: Kind }>;
  }

  /** The next thing that comes, which must be a binary frame. */
  async nextFrame(): Promise<Buffer> {
    const message = await this.#take('frame');
    if (!Buffer.isBuffer(message)) throw new Error(`expected a frame, got ${JSON.stringify(message)}`);
    return message;
  }

  /** The code that the server closes with; 1006 when it cut the line. */
  async closed(): Promise<number> {
    await this.#until('close', () => this.#closeCode !== undefined);
    return this.#closeCode!;
  }

  /** Takes what comes until the answer to a ping of this call: what the server has sent by then. */
  async rest(): Promise<(ServerMessage | Buffer)[]> {
    this.say({ kind: 'ping' });
    const isPong = (message: ServerMessage | Buffer) => !Buffer.isBuffer(message) && message.kind === 'pong';
    await this.#until('pong', () => this.#arrived.some(isPong));
    return this.#arrived.splice(0).filter((message) => !isPong(message));
  }

  /** The HTTP status of a refused upgrade. */
  async refusedUpgrade(): Promise<number> {
    return await new Promise((resolve, reject) => {
      this.raw.once('unexpected-response', (_, response) => {
        resolve(response.statusCode ?? 0);
        response.resume();
      });
      this.raw.once('open', () => reject(new Error('the upgrade was not refused')));
    });
  }

  terminate(): void {
    this.raw.terminate();
  }

  async #take(what: string): Promise<ServerMessage | Buffer> {
    await this.#until(what, () => this.#arrived.length > 0 || this.#closeCode !== undefined);
    const message = this.#arrived.shift();
    if (message === undefined) throw new Error(`expected ${what}, socket closed with ${this.#closeCode}`);
    return message;
  }

  #until(what: string, condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${what} within ${patienceMs} ms`)), patienceMs);
      const check = () => {
        if (!condition()) {
          this.#waiters.push(check);
          return;
        }
        clearTimeout(timer);
        resolve();
      };
      check();
    });
  }

  #wake(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }
}
