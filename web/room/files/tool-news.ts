import { signal } from '@preact/signals';

/** What the person has not seen yet: known to the bar, whether or not the panel was ever loaded. */
export const unseenFiles = signal(0);
/** A sentence on it, while there is something to decide. */
export const filesNotice = signal<string>();

export function forgetNews(): void {
  unseenFiles.value = 0;
  filesNotice.value = undefined;
}
