// What /debug/cache says, read from the screen.
import type { Locator, Page } from "@playwright/test";

/** A figure of a tier: `Hits`, `Misses`, `Invalidations` … */
export async function figure(page: Page, tier: string, name: string): Promise<number> {
  const text = await page.getByTestId(`tier-${tier}`).locator(`dt:text-is("${name}") + dd`).innerText();
  // An en dash where nothing is known yet.
  return Number(text.replaceAll(/\D/g, ""));
}

/** The line of one answer on this browser's cache, by its query and words in its key. */
export function held(page: Page, query: string, ...words: string[]): Locator {
  const row = page.getByTestId("holdings").locator("tbody tr").filter({ hasText: `${query}.` });
  return words.reduce((row, word) => row.filter({ hasText: word }), row);
}

/** Up to which position of the log it was true. */
export async function asOf(row: Locator): Promise<number> {
  return Number((await row.locator("td").nth(3).innerText()).replaceAll(/\D/g, ""));
}

/** The log's row at this position. */
export function logRow(page: Page, seq: number): Locator {
  return page.getByTestId("log-row").filter({ has: page.locator(`.log-seq:text-is("${seq}")`) });
}

/** A step of how word of it travelled: `Committed`, `This node`, `This browser`. */
export function step(row: Locator, place: string): Locator {
  return row.locator(".chain-step").filter({ hasText: place });
}
