/** What a server answered, or why there is no answer. */
export type Answer = { status: number; headers: Headers; body: Buffer } | { failure: string };

export type Bounds = {
  /** For everything together. */
  signal: AbortSignal;
  answerMs: number;
};

/**
 * Asks for one file of a server that is not trusted: follows no redirection, reads no more than `maxBytes` after
 * decompression, and waits no longer than it is told. Never throws.
 */
export async function fetchBounded(
  url: string,
  encoding: string,
  maxBytes: number,
  { signal, answerMs }: Bounds,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: '*/*', 'accept-encoding': encoding },
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
    });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > maxBytes) return { failure: 'is larger than it may be' };
      chunks.push(chunk);
    }
    return { status: response.status, headers: response.headers, body: Buffer.concat(chunks) };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    return { failure: name === 'TimeoutError' ? 'takes too long' : `cannot be had (${cause?.code ?? name})` };
  }
}
