// The page that tells how the caches are doing.
import { follow } from "./support/going.ts";
import { novel } from "./support/stories.ts";
import { records } from "./support/storage.ts";
import { expect, open, test } from "./support/test.ts";

test("what the tiers did is counted, and can be cleared", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/novels");
  await follow(page, page.locator(`[data-story-id="${novel()}"] a`), /\/novels\/\w+$/);
  await follow(page, page.getByRole("link", { name: "How the cache is doing" }), "**/debug/cache");
  await expect(page.getByTestId("cache-event").filter({ hasText: "story-page" }).first()).toBeVisible();
  await expect(page.getByTestId("holdings")).toContainText(`story-page.1?story=${novel()}`);
  await expect(page.getByTestId("usage").locator("[data-area=reading] td").first()).not.toHaveText("0");
  expect(Object.keys(await records(page)).length).toBeGreaterThan(0);

  await page.getByTestId("clear-browser-cache").click();
  await expect(page.getByTestId("holdings")).not.toContainText("story-page");
  expect(await records(page)).toEqual({});
  // Nothing is lost but speed.
  await follow(page, page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Novels" }), "**/novels");
  await expect(page.locator(`[data-story-id="${novel()}"]`)).toBeVisible();
});
