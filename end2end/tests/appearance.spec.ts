// "Aa": how stories are set is each reader's choice, and the page has it before any script.
import AxeBuilder from "@axe-core/playwright";
import { chapterPage, novel, readStory } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const prose = (page: Page, property: string) =>
  page.locator(".prose").first().evaluate((text, property) => getComputedStyle(text).getPropertyValue(property), property);

const pixels = async (page: Page, property: string) => Number.parseFloat(await prose(page, property));

const setting = (page: Page, name: string) => page.getByRole("group", { name });

async function chapter(page: Page): Promise<string> {
  const story = await readStory(page, novel());
  return chapterPage(story.id, story.chapters[0]);
}

for (const width of [390, 1440]) {
  test(`a reader sets the type at ${width} px, and finds it so`, async ({ browse }) => {
    const path = await chapter(await browse("ada"));
    const page = await browse("visitor", { viewport: { width, height: 844 } });
    await open(page, path);
    const before = { size: await pixels(page, "font-size"), lines: await pixels(page, "line-height") };
    await page.getByLabel("Appearance").first().click();
    await setting(page, "Text size").getByRole("button", { name: "Largest" }).click();
    await setting(page, "Line spacing").getByRole("button", { name: "Wide" }).click();
    await setting(page, "Font").getByRole("button", { name: "OpenDyslexic" }).click();
    await setting(page, "Line ends").getByRole("button", { name: "Even" }).click();
    await expect(setting(page, "Text size").getByRole("button", { pressed: true })).toHaveText("Largest");
    const after = async () => {
      expect(await pixels(page, "font-size")).toBeCloseTo(before.size * 1.65, 0);
      expect(await pixels(page, "line-height")).toBeGreaterThan(before.lines * 1.8);
      expect(await prose(page, "text-align")).toBe("justify");
      expect(await prose(page, "font-family")).toContain("OpenDyslexic");
    };
    await after();
    // The menu lies on the page, and all of it can be reached.
    const menu = await page.locator(".appearance-menu-list").boundingBox();
    expect(menu!.x).toBeGreaterThanOrEqual(0);
    expect(menu!.x + menu!.width).toBeLessThanOrEqual(width);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await expect.poll(async () => (await page.context().cookies()).map(({ name }) => name).sort())
      .toEqual(expect.arrayContaining(["quire-edge", "quire-font", "quire-lines", "quire-size"]));
    await open(page, path);
    await after();
    expect(await page.evaluate(() => document.fonts.check('1em "OpenDyslexic"'))).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    // The usual needs no cookie.
    await page.getByLabel("Appearance").first().click();
    await setting(page, "Text size").getByRole("button", { name: "Medium" }).click();
    await expect.poll(async () => (await page.context().cookies()).map(({ name }) => name)).not.toContain("quire-size");
    expect(await pixels(page, "font-size")).toBeCloseTo(before.size, 0);
  });
}

test("it is set without a script, too", async ({ browse }) => {
  const path = await chapter(await browse("ada"));
  const page = await browse("visitor", { javaScriptEnabled: false });
  await page.goto(path);
  await page.getByLabel("Appearance").first().click();
  await page.getByRole("button", { name: "Sans" }).click();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await expect(page.locator("html")).toHaveAttribute("data-font", "sans");
});
