// What a browser keeps: one record a query in localStorage, its time beside it.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";

export type Records = Record<string, string>;

/** The records, without what is kept beside them. */
export async function records(page: Page): Promise<Records> {
  const all = await everything(page);
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => name.startsWith("swr-cache-") && !/-(timestamp|as-of)$/.test(name)),
  );
}

/** All of localStorage. */
export function everything(page: Page): Promise<Records> {
  return page.evaluate(() => ({ ...localStorage }));
}

/** What is typed and not saved, as this browser keeps it; not what is left for a moment of what another tab took over. */
export async function drafts(page: Page): Promise<string[]> {
  const isDraft = ([name, text]: [string, string]) => name.startsWith("quire-draft-") && text !== "taken";
  return Object.entries(await everything(page)).filter(isDraft).map(([, text]) => text);
}

/** The name of the one record of a query whose key has all these words in it; waits for it. */
export async function recordOf(page: Page, query: string, ...words: string[]): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(async () => {
      const names = Object.keys(await records(page)).filter((name) => name.startsWith(`swr-cache-${query}.`));
      found = names.find((name) => words.every((word) => name.includes(word)));
      return found;
    }, `a record of ${query}`)
    .toBeDefined();
  return found!;
}

/** A record's time: "0" once it is old. */
export function timestamp(page: Page, record: string): Promise<string | null> {
  return page.evaluate((name) => localStorage.getItem(`${name}-timestamp`), record);
}

/** Holds requests back until they are let go. */
export async function hold(page: Page, url: string): Promise<{ asked: () => number; letGo: () => Promise<void> }> {
  const waiting: (() => void)[] = [];
  let open = false;
  let asked = 0;
  await page.route(url, async (route) => {
    asked += 1;
    if (!open) await new Promise<void>((go) => waiting.push(go));
    await route.continue();
  });
  return {
    asked: () => asked,
    letGo: async () => {
      open = true;
      waiting.splice(0).forEach((go) => go());
    },
  };
}

/** From the next page on localStorage is full; the tab's own is not. */
export async function fillStorage(page: Page) {
  await page.addInitScript(() => {
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, value) {
      if (this === localStorage) throw new DOMException("full", "QuotaExceededError");
      setItem.call(this, name, value);
    };
  });
}
