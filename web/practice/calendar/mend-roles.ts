/**
 * Mends the grid's roles whenever the library has drawn something: before anybody can read it, since an observer hears of a
 * change in the same turn.
 */
export function keepRolesMended(grid: HTMLElement): MutationObserver {
  const observer = new MutationObserver(() => mendRoles(grid));
  observer.observe(grid, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['role', 'aria-label', 'aria-hidden', 'style'],
  });
  return observer;
}

/** Where the library's roles and labels say something else than what can be seen. Mended twice, it stays as it is. */
function mendRoles(grid: HTMLElement): void {
  // The words in a day's header are hidden behind a label that they do not occur in.
  for (const header of grid.querySelectorAll('[role="columnheader"]')) {
    header.removeAttribute('aria-label');
    header.querySelector('[aria-hidden]')?.removeAttribute('aria-hidden');
  }
  // A day's label would be read in place of its appointments.
  for (const cell of grid.querySelectorAll('[role="gridcell"][aria-label]')) {
    cell.removeAttribute('aria-label');
  }
  // The column of hours has no words of its own, and neither has what stands above it.
  for (const axis of grid.querySelectorAll('[role="rowheader"]')) {
    if (axis.textContent?.trim() && !axis.hasAttribute('aria-label')) continue;
    axis.setAttribute('role', 'gridcell');
    axis.removeAttribute('aria-label');
  }
  // Hours without an appointment can be scrolled with the keyboard, too.
  for (const hours of grid.querySelectorAll<HTMLElement>('[style*="overflow: hidden auto"]')) {
    if (hours.querySelector('[tabindex]')) hours.removeAttribute('tabindex');
    else makeFocusable(hours);
  }
  // A list of buttons is none for a screen reader: what it has to know is the day, which stands above.
  for (const list of grid.querySelectorAll('[role="list"]:has(> [role="button"])')) {
    list.setAttribute('role', 'group');
  }
}

/** In a grid only its parts may take the focus: what scrolls becomes the group of rows in place of what is around it. */
function makeFocusable(scroller: HTMLElement): void {
  scroller.tabIndex = 0;
  const group = scroller.parentElement?.closest('[role="rowgroup"]');
  if (!group) return;
  group.setAttribute('role', 'presentation');
  scroller.setAttribute('role', 'rowgroup');
}
