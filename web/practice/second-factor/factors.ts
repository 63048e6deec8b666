import type { PracticeClient } from '../api.ts';

/** What a user has set up to confirm their sign-in with. */
export type Factors = Awaited<ReturnType<PracticeClient['secondFactor']['list']>>;
