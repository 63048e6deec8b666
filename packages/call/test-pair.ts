const pings = 5;
const chunkBytes = 16 * 1024;
const rateBytes = 256 * 1024;
/** On a slow line the rate is known before everything is through. */
const rateWithinMs = 2_000;

type Tells = (candidate: RTCIceCandidate) => boolean;

/** Two ends in this page, which know of each other only the addresses they may tell; data flows from the first to the second. */
export class TestPair {
  readonly #ends: readonly [RTCPeerConnection, RTCPeerConnection];
  readonly #channels: readonly [RTCDataChannel, RTCDataChannel];
  readonly #tells: readonly [Tells, Tells];
  readonly #giveUp: (reason: Error) => void;
  /** Rejects when the pair is closed. */
  readonly #closed: Promise<never>;
  #hasAddress = false;
  #isRefused = false;
  #isUnanswered = false;

  constructor(configuration: RTCConfiguration, tells: readonly [Tells, Tells]) {
    this.#tells = tells;
    this.#ends = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)];
    this.#channels = [openChannel(this.#ends[0]), openChannel(this.#ends[1])];
    let giveUp = (_reason: Error) => {};
    this.#closed = new Promise((_resolve, reject) => (giveUp = reject));
    this.#closed.catch(() => {});
    this.#giveUp = giveUp;
  }

  /** The first end has found an address that it may tell. */
  get hasAddress(): boolean {
    return this.#hasAddress;
  }

  /** A server has answered, and refused. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** A server has not answered. */
  get isUnanswered(): boolean {
    return this.#isUnanswered;
  }

  /** @returns false when there is no way: at once if the first end finds no address, or else after `withinMs` */
  async open(withinMs: number): Promise<boolean> {
    const opened = Promise.all(this.#channels.map((channel) => untilOpen(channel)));
    const described = this.#describe();
    const outcome = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), withinMs);
      void opened.then(() => resolve(true));
      described.catch(() => resolve(false));
      this.#ends[0].addEventListener('icegatheringstatechange', () => {
        if (this.#ends[0].iceGatheringState === 'complete' && !this.#hasAddress) resolve(false);
      });
    });
    this.#exchange(described);
    return Promise.race([outcome, this.#closed]);
  }

  /** @returns the quickest of a few, in milliseconds */
  async measureRoundTrip(): Promise<number> {
    const [near, far] = this.#channels;
    far.onmessage = ({ data }: MessageEvent<string>) => far.send(data);
    let best = Infinity;
    for (let ping = 0; ping < pings; ping++) {
      const began = performance.now();
      const back = new Promise<void>((resolve) => (near.onmessage = () => resolve()));
      near.send(String(ping));
      await Promise.race([back, this.#closed]);
      best = Math.min(best, performance.now() - began);
    }
    return best;
  }

  /** @returns how much came through, in kbit/s; undefined when next to nothing did */
  async measureRate(): Promise<number | undefined> {
    const [near, far] = this.#channels;
    let [received, firstAt, lastAt] = [-1, 0, 0];
    const through = new Promise<void>((resolve) => {
      far.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        lastAt = performance.now();
        // The clock starts with the first piece, which therefore does not count.
        if (received < 0) [received, firstAt] = [0, lastAt];
        else received += data.byteLength;
        if (received >= rateBytes - chunkBytes) resolve();
      };
      setTimeout(resolve, rateWithinMs);
    });
    for (let sent = 0; sent < rateBytes; sent += chunkBytes) near.send(new Uint8Array(chunkBytes));
    await Promise.race([through, this.#closed]);
    return received > 0 ? (received * 8) / Math.max(1, lastAt - firstAt) : undefined;
  }

  /** One-way. What is being waited for rejects. */
  close(): void {
    for (const end of this.#ends) end.close();
    this.#giveUp(new Error('closed'));
  }

  async #describe(): Promise<void> {
    const [near, far] = this.#ends;
    const offer = await near.createOffer();
    await near.setLocalDescription(offer);
    // Without the addresses that the description has by then.
    await far.setRemoteDescription(offer);
    const answer = await far.createAnswer();
    await far.setLocalDescription(answer);
    await near.setRemoteDescription(answer);
  }

  #exchange(described: Promise<void>): void {
    this.#ends.forEach((end, index) => {
      const other = this.#ends[1 - index];
      end.onicecandidate = ({ candidate }) => {
        if (!candidate?.candidate || !this.#tells[index]?.(candidate)) return;
        if (index === 0) this.#hasAddress = true;
        // One that cannot be used, or comes after the end, is not the only one.
        void described.then(() => other?.addIceCandidate(candidate)).catch(() => {});
      };
      end.addEventListener('icecandidateerror', ({ errorCode }) => {
        // 3xx to 6xx are a server's own words (RFC 8656); 701 is the browser's for none.
        if (errorCode >= 300 && errorCode < 700) this.#isRefused = true;
        else this.#isUnanswered = true;
      });
    });
  }
}

/** Agreed beforehand, so that it opens on both ends alike. */
function openChannel(end: RTCPeerConnection): RTCDataChannel {
  const channel = end.createDataChannel('test', { negotiated: true, id: 0 });
  channel.binaryType = 'arraybuffer';
  return channel;
}

async function untilOpen(channel: RTCDataChannel): Promise<void> {
  if (channel.readyState === 'open') return;
  await new Promise<void>((resolve) => (channel.onopen = () => resolve()));
}
