import { refusal } from '../http/errors.ts';
import type { SignedIn } from './authenticate.ts';

/** @throws FORBIDDEN for anybody but the main user */
export function requireMain({ isMain }: SignedIn): void {
  if (!isMain) throw refusal('FORBIDDEN');
}
