import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Violation = { id: string; nodes: { target: string[] }[] };

/** What axe has against a page (WCAG 2.2 A and AA, and its own good practice), one line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Through the debugger, since the page's own policy lets no foreign script in.
  const debug = await page.context().newCDPSession(page);
  const { result } = await debug.send('Runtime.evaluate', {
    expression: `${axe.source}; axe.run(document).then(({ violations }) => JSON.stringify(violations))`,
    awaitPromise: true,
  });
  const violations = JSON.parse(String(result.value)) as Violation[];
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
