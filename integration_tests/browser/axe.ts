import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * What axe-core finds on the page as it stands, one line each with the elements concerned; empty is good. Contrast,
 * labels, roles, landmarks and order of headings are among its rules.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // The page's policy forbids scripts that are not its own, so axe is put in by the debugger, not by an element.
  await page.evaluate(await axeSource());
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run({
      resultTypes: ['violations'], // To write down what passed takes longer than to look at it.
    }),
  );
  return violations.map(
    ({ id, impact, help, nodes }) =>
      `${impact} ${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`,
  );
}

let source: string | undefined;
async function axeSource(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  source ??= await readFile(AXE, 'utf8');
  return source;
}
