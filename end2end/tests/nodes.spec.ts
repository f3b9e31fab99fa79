// Who serves this library, as /debug/cache tells: one node, or the two that the tests run on with services.
import { importStory, unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const second = process.env.QUIRE_URL_OF_READERS;

const nodes = (page: Page) => page.getByTestId("node");

/** How far the node in this row is. */
async function position(page: Page, row: number): Promise<number> {
  const text = await nodes(page).nth(row).locator("td").first().innerText();
  return Number(text.replaceAll(/\D/g, ""));
}

/** Each node's name, the one that answered first. */
async function names(page: Page): Promise<string[]> {
  await expect(nodes(page)).toHaveCount(second ? 2 : 1);
  await expect(nodes(page).first().locator(".badge")).toHaveText("this one");
  return nodes(page).locator("th").evaluateAll((cells) => cells.map((cell) => cell.firstChild!.textContent!));
}

test("each node is in the table, and how far it is", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/debug/cache");
  const first = await names(page);
  await expect(page.getByTestId("nodes").locator("caption")).toHaveText(
    second ? "Each says once a second how far it is." : /^Without Redis/,
  );
  if (second) {
    expect(new Set(first).size).toBe(2);
    const elsewhere = await browse("mira", { baseURL: second });
    await open(elsewhere, "/debug/cache");
    expect(await names(elsewhere), "the other one answers there").toEqual(first.toReversed());
  }

  const before = await position(page, 0);
  await importStory(await browse("ben"), unique("Heard of"));
  await expect.poll(() => position(page, 0)).toBeGreaterThan(before);
  const now = await position(page, 0);
  for (const row of first.keys()) await expect.poll(() => position(page, row)).toBeGreaterThanOrEqual(now);
});
