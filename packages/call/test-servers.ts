import {
  type ClientMessage,
  type IceServer,
  serverMessage,
  type ServerMessage,
  signallingVersion,
} from '@sprechzimmer/protocol/signalling.ts';

export type TestServers =
  | { kind: 'servers'; iceServers: IceServer[] }
  | { kind: 'refused'; code: Extract<ServerMessage, { kind: 'refused' }>['code'] }
  | { kind: 'offline' };

const answerWithinMs = 8_000;

/**
 * Asks once for what an invitation of today or a later day may try out its line with.
 * @param signallingUrl `wss://<room>/signalling`
 * @param locator 16 bytes, base64url
 */
export async function askTestServers(
  signallingUrl: string,
  locator: string,
  signal: AbortSignal,
): Promise<TestServers> {
  const socket = new WebSocket(signallingUrl);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<TestServers>((resolve) => {
      const giveUp = () => resolve({ kind: 'offline' });
      timer = setTimeout(giveUp, answerWithinMs);
      signal.addEventListener('abort', giveUp, { once: true });
      socket.onopen = () => {
        const question: ClientMessage = { kind: 'test', v: signallingVersion, locator };
        socket.send(JSON.stringify(question));
      };
      socket.onmessage = ({ data }: MessageEvent<string>) => {
        const answer = readAnswer(data);
        if (answer) resolve(answer);
      };
      socket.onclose = giveUp;
    });
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

function readAnswer(text: string): TestServers | undefined {
  try {
    const message = serverMessage.parse(JSON.parse(text));
    if (message.kind === 'test-servers') return { kind: 'servers', iceServers: message.iceServers };
    return message.kind === 'refused' ? { kind: 'refused', code: message.code } : undefined;
  } catch {
    return undefined;
  }
}
