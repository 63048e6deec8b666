const operations = [
  'decrypt',
  'deriveBits',
  'digest',
  'encrypt',
  'exportKey',
  'generateKey',
  'importKey',
  'sign',
  'verify',
] as const;
/** Turns without any cryptography after which none follows: what a step leads to begins within its turn. */
const quietTurns = 3;
/** A test may set the clock. */
const later = setTimeout;
let underWay = 0;

for (const name of operations) {
  const { subtle } = crypto;
  const original = subtle[name].bind(subtle) as (...parameters: unknown[]) => Promise<unknown>;
  const counted = async (...parameters: unknown[]): Promise<unknown> => {
    underWay += 1;
    try {
      return await original(...parameters);
    } finally {
      underWay -= 1;
    }
  };
  Object.defineProperty(subtle, name, { value: counted });
}

/** Resolves once all cryptography that was under way, and all that followed from it, has come to its end. */
export async function settle(): Promise<void> {
  for (let quiet = 0; quiet < quietTurns; quiet = underWay === 0 ? quiet + 1 : 0) {
    await new Promise<void>((resolve) => void later(resolve, 0));
  }
}
