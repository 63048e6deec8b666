import * as z from 'zod/mini';
import { profileKinds } from './practice.ts';
import { generation, sealed, version } from './values.ts';

/** A sealed record of any kind, as a change of the practice key needs it. */
export const anyRecord = z.object({
  kind: z.enum(['appointment', 'contact', ...profileKinds]),
  id: z.uuid(),
  version,
  generation,
  sealed,
});
export type AnyRecord = z.infer<typeof anyRecord>;

/** The same record under the newest key: `id`, `version` and content stay, `generation` is the new one. */
export const resealedRecord = z.extend(anyRecord, { fromGeneration: generation });
export type ResealedRecord = z.infer<typeof resealedRecord>;
export const maxRecordsPerRequest = 100;
