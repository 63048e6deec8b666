import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import {
  type ClientMessage,
  clientMessage,
  connectionHeaderBytes,
  type IceServer,
  type ServerMessage,
} from '@sprechzimmer/protocol/signalling.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from 'ws';
import type { Context } from '../http/context.ts';
import type { Admission, Admitted, AdmittedGuest, AdmittedHost, Greeting, Refused } from './admit.ts';
import { type ConnectionEvent, type ConnectionState, nextConnectionState } from './connection-state.ts';
import type { IceServers } from './ice-servers.ts';
import type { SignallingLimits } from './limits.ts';
import type { Records } from './records.ts';
import type { End, HostSeat, Seat } from './rooms.ts';
import type { WaitingRooms } from './waiting-rooms.ts';

/** What all connections of a server have in common. */
export type Shared = {
  rooms: WaitingRooms;
  admission: Admission;
  records: Records;
  iceServers: IceServers;
  limits: SignallingLimits;
  log: FastifyBaseLogger;
  metrics: Context['metrics'];
};

const frameCame: ConnectionEvent = { kind: 'frame-came' };
const binary = { binary: true };

/** One socket of a participant or host: reads its frames, keeps its state, and is its end in a waiting room. */
export class Connection implements End {
  readonly openedAtMs = performance.now();
  readonly address: string;
  readonly #socket: WebSocket;
  readonly #shared: Shared;
  #state: ConnectionState = { kind: 'fresh' };
  #tokens: number;
  #filledAtMs = this.openedAtMs;
  #unansweredPings = 0;
  /** When its relay credentials are half used up. */
  #renewAtMs = Infinity;
  /** Whom the relay counts. */
  #relaySeat = '';
  #isKeepingConsent = false;
  #revokedTimer: NodeJS.Timeout | undefined;

  constructor(socket: WebSocket, address: string, shared: Shared) {
    this.#socket = socket;
    this.address = address;
    this.#shared = shared;
    this.#tokens = shared.limits.burstTokens;
  }

  handleFrame(data: Buffer, isBinary: boolean): void {
    if (this.#state.kind === 'closed' || !this.#pays(data.length)) return;
    if (isBinary) this.#handleBinary(data);
    else this.#handleText(data);
  }

  /** A ping or pong of the WebSocket protocol: costs what a frame costs. */
  handleControl(): void {
    if (this.#state.kind !== 'closed' && this.#pays(0)) this.#unansweredPings = 0;
  }

  handleDeadline(): void {
    this.#step({ kind: 'deadline-passed' });
  }

  handleHeartbeat(): void {
    if (this.#unansweredPings >= 2 || this.#socket.bufferedAmount > this.#shared.limits.maxUnreadBytes) {
      this.terminate();
      return;
    }
    this.#unansweredPings++;
    this.#socket.ping();
    if (performance.now() >= this.#renewAtMs) void this.#renew();
  }

  /** The socket is gone. */
  handleClosed(): void {
    this.#step({ kind: 'ended', code: undefined });
  }

  tell(message: ServerMessage): void {
    this.#socket.send(JSON.stringify(message));
    this.#endIfUnread();
  }

  relay(frame: Buffer): void {
    this.#socket.send(frame, binary);
    this.#endIfUnread();
  }

  refuse(refused: Refused): void {
    this.#shared.metrics.joinEnded(refused.code);
    this.tell(refused);
    this.close(closeCodes.refused);
  }

  close(code: number): void {
    this.#step({ kind: 'ended', code });
  }

  /** Without a close frame: for an end that no longer listens. */
  terminate(): void {
    this.#step({ kind: 'ended', code: undefined });
    this.#socket.terminate();
  }

  #handleBinary(frame: Buffer): void {
    if (frame.length <= connectionHeaderBytes) {
      this.close(closeCodes.malformed);
      return;
    }
    this.#step(frameCame);
    const state = this.#state;
    if (state.kind === 'waiting') state.seat.relay(frame);
    else if (state.kind === 'hosting' && !state.seat.relay(frame)) this.close(closeCodes.outOfOrder);
  }

  #handleText(data: Buffer): void {
    const message = parseClientMessage(data);
    if (!message) {
      this.close(closeCodes.malformed);
      return;
    }
    switch (message.kind) {
      case 'ping':
        this.tell({ kind: 'pong' });
        return;
      case 'drop':
        this.#handleDrop(message.connection);
        return;
      case 'called-in':
        this.#handleCalledIn(message.connection);
        return;
      case 'consent':
        void this.#handleConsent(message.sealed);
        return;
      case 'join':
      case 'host':
      case 'host-code':
      case 'test':
        void this.#handleGreeting(message);
        return;
      default:
        message satisfies never;
    }
  }

  #handleDrop(connection: number): void {
    this.#step({ kind: 'host-asked' });
    if (this.#state.kind === 'hosting' && !this.#state.seat.drop(connection))
      this.close(closeCodes.outOfOrder);
  }

  #handleCalledIn(connection: number): void {
    this.#step({ kind: 'host-asked' });
    if (this.#state.kind === 'hosting' && !this.#state.seat.calledIn(connection))
      this.close(closeCodes.outOfOrder);
  }

  async #handleConsent(sealed: string): Promise<void> {
    this.#step({ kind: 'guest-asked' });
    // Who waits for the answer before the next one, as our page does, is never passed over.
    if (this.#state.kind !== 'waiting' || this.#isKeepingConsent) return;
    this.#isKeepingConsent = true;
    const isKept = await this.#shared.records.consent(this.#state.seat, sealed);
    this.#isKeepingConsent = false;
    if (isKept && this.#isOpen()) this.tell({ kind: 'consent-kept' });
  }

  async #handleGreeting(message: Greeting): Promise<void> {
    this.#step({ kind: 'asked' });
    if (this.#state.kind !== 'asking') return;
    try {
      const answer = await this.#shared.admission.admit(message, this.address);
      if (this.#isAsking()) this.#enter(answer);
    } catch (error) {
      // The database is away, or the server is closing: the client tries again as after any restart.
      if (!this.#isAsking()) return;
      this.#shared.log.error({ reason: error instanceof Error ? error.name : 'unknown' }, 'join failed');
      this.#shared.metrics.joinEnded('failed');
      this.close(closeCodes.restarting);
    }
  }

  #enter(answer: Admitted): void {
    switch (answer.kind) {
      case 'refused':
        this.refuse(answer);
        return;
      case 'guest':
        this.#shared.rooms.join(answer.room, answer, this, (seat) => this.#sit(answer, seat));
        return;
      case 'host':
        this.#openRoom(answer);
        return;
      case 'tester':
        this.#shared.metrics.joinEnded('test');
        this.tell({ kind: 'test-servers', iceServers: this.#shared.iceServers.forTest(answer.invitationId) });
        this.close(closeCodes.done);
        return;
      default:
        answer satisfies never;
    }
  }

  #sit(guest: AdmittedGuest, seat: Seat | 'occupied' | 'unreachable'): void {
    if (!this.#isAsking()) {
      if (typeof seat !== 'string') seat.leave();
      return;
    }
    if (seat === 'unreachable') {
      this.close(closeCodes.restarting);
      return;
    }
    if (seat === 'occupied') {
      this.refuse({ kind: 'refused', code: 'occupied' });
      return;
    }
    this.#step({ kind: 'seated', seat });
    this.#relaySeat = guest.invitationId;
    const invitationId = guest.invitationId as InvitationId;
    const { card } = guest;
    const hostPresent = seat.hostPresent();
    this.tell({ kind: 'joined', invitationId, card, hostPresent, iceServers: this.#mint() });
    this.#shared.metrics.joinEnded('guest');
    this.#note('joined');
    void this.#shared.records.arrived(seat);
  }

  #openRoom(host: AdmittedHost): void {
    const { rooms } = this.#shared;
    const opened = (seat: HostSeat | 'unreachable') => this.#receive(host, seat);
    if (host.code) rooms.hostByCode(host.room, host.code, this, opened);
    else rooms.host(host.room, this, opened);
  }

  #receive({ room, code }: AdmittedHost, seat: HostSeat | 'unreachable'): void {
    if (!this.#isAsking()) {
      if (seat !== 'unreachable') seat.leave();
      return;
    }
    if (seat === 'unreachable') {
      this.close(closeCodes.restarting);
      return;
    }
    this.#step({ kind: 'opened', seat });
    this.#relaySeat = code?.hostCodeId ?? room;
    const iceServers = this.#mint();
    this.tell({ kind: 'hosting', waiting: seat.waiting(), iceServers, ...(code && { card: code.card }) });
    this.#shared.metrics.joinEnded(code ? 'host-code' : 'host');
    this.#note('hosting');
    if (code) this.#followHostCode(code.hostCodeId);
  }

  /** Whoever waits or hosts gets newer credentials at the heartbeat after half their time: no timer per socket. */
  #mint(): IceServer[] {
    const { iceServers } = this.#shared;
    this.#renewAtMs = performance.now() + iceServers.renewAfterMs;
    return iceServers.forSeat(this.#relaySeat);
  }

  /** Who waits with a code that was revoked or whose day is over gets none, and is looked for again when they were due. */
  async #renew(): Promise<void> {
    const { admission, iceServers } = this.#shared;
    const state = this.#state;
    this.#renewAtMs = performance.now() + iceServers.renewAfterMs;
    // With the database away, the next look tells.
    const mayRenew =
      state.kind !== 'waiting' ||
      (await admission.isInvitationOpen(state.seat.invitationId).catch(() => true));
    if (mayRenew && this.#isOpen()) this.tell({ kind: 'ice-servers', iceServers: this.#mint() });
  }

  /** Who joins finds a revoked code's room closed (`Rooms.join`); its host is looked for by the minute. */
  #followHostCode(hostCodeId: string): void {
    const { admission, limits } = this.#shared;
    const look = async () => {
      // With the database away, the next look tells.
      const isRevoked = await admission.isHostCodeRevoked(hostCodeId).catch(() => false);
      if (isRevoked && this.#isOpen()) this.refuse({ kind: 'refused', code: 'code-unknown' });
    };
    this.#revokedTimer = setInterval(() => void look(), limits.hostCodeCheckMs).unref();
  }

  #isOpen(): boolean {
    return this.#state.kind !== 'closed';
  }

  #isAsking(): boolean {
    return this.#state.kind === 'asking';
  }

  /** The only place that sets the state. Entering `closed` gives the seat back and ends the socket, once. */
  #step(event: ConnectionEvent): void {
    const before = this.#state;
    const state = nextConnectionState(before, event);
    if (state === before) return;
    this.#state = state;
    if (state.kind !== 'closed') return;
    clearInterval(this.#revokedTimer);
    if (before.kind === 'waiting' || before.kind === 'hosting') {
      before.seat.leave();
      this.#note('left');
    }
    if (state.code !== undefined) this.#socket.close(state.code);
  }

  /** Counting walks through all rooms: done for nobody but a reader of debug lines. */
  #note(what: 'joined' | 'hosting' | 'left'): void {
    const { log, rooms } = this.#shared;
    if (log.level === 'debug') log.debug(rooms.counts(), what);
  }

  /** Takes a frame's tokens out of the bucket; closes the connection when they are not there. */
  #pays(bytes: number): boolean {
    this.#tokens -= 1 + (bytes >> 10);
    if (this.#tokens < 0) this.#refill();
    if (this.#tokens >= 0) return true;
    this.close(closeCodes.flood);
    return false;
  }

  /** Adds what has come together since the last time. Done only when the bucket is empty: the clock costs too. */
  #refill(): void {
    const { burstTokens, tokensPerSecond } = this.#shared.limits;
    const shares = this.#state.kind === 'hosting' ? 1 + this.#state.seat.waitingCount() : 1;
    const nowMs = performance.now();
    const earned = ((nowMs - this.#filledAtMs) / 1000) * tokensPerSecond * shares;
    this.#filledAtMs = nowMs;
    this.#tokens += Math.min(burstTokens * shares, earned);
  }

  #endIfUnread(): void {
    if (this.#socket.bufferedAmount > this.#shared.limits.maxUnreadBytes) this.terminate();
  }
}

function parseClientMessage(data: Buffer): ClientMessage | undefined {
  try {
    const parsed = clientMessage.safeParse(JSON.parse(data.toString()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
