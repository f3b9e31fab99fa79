// Going from page to page inside a tab, without loading anew.
import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { alive } from "./test.ts";

/** Follows a link and waits for its page; fails if the document was loaded anew. */
export async function follow(page: Page, link: Locator, path: RegExp | string) {
  const stayed = await staying(page);
  await link.click();
  await page.waitForURL(path);
  expect(await stayed(), "the same document").toBe(true);
}

/** Notes which document a tab has; ask what it gives whether it is still the same. */
export async function staying(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => ((window as unknown as { here: boolean }).here = true));
  return () => page.evaluate(() => (window as unknown as { here?: boolean }).here === true);
}

/** The debug page of the same tab: from a readers' page another document, which goes on counting. */
export async function lookAtCaches(page: Page) {
  await page.getByRole("link", { name: "How the cache is doing" }).click();
  await page.waitForURL("**/debug/cache");
  await alive(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("How the cache is doing");
}

/** Longer than a browser trusts what it holds without asking (Δ). */
export const LEFT_FOR = 1_200;

/** Watches from now on whether a text is ever on screen; ask what it gives. */
export async function watchFor(page: Page, text: string): Promise<() => Promise<boolean>> {
  await page.evaluate((text) => {
    const tab = window as unknown as { sighted: Record<string, boolean> };
    tab.sighted ??= {};
    const look = () => (tab.sighted[text] ||= document.querySelector("main")?.textContent.includes(text) ?? false);
    tab.sighted[text] = false;
    new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
  }, text);
  return () => page.evaluate((text) => (window as unknown as { sighted: Record<string, boolean> }).sighted[text], text);
}
