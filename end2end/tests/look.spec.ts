// Every page: nothing that axe objects to, nothing that overflows, and the keyboard reaches everything.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expectAccessible } from "./support/accessible.ts";
import { pages } from "./support/pages.ts";
import { Editor } from "./support/editor.ts";
import { importStory, unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

async function expectNoOverflow(page: Page, when: string) {
  const wide = await page.evaluate(() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return [];
    const over = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > most + 1);
    return over.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
  });
  expect(wide, when).toEqual([]);
}

test("every page of the app is looked at", async () => {
  const list = await readFile(resolve(import.meta.dirname, "../../app/src/pages.rs"), "utf8");
  const routes = [...list.matchAll(/^ +"(\/[^"]*)" \w+ \w+;$/gm)].map(([, route]) => route);
  expect(routes.length).toBeGreaterThan(20);
  const looked = new Set(pages.map(({ route }) => route));
  expect(routes.filter((route) => !looked.has(route))).toEqual([]);
});

for (const { name, who, path, notFound } of pages) {
  test(`${name}, light and dark, on a phone and on a desk`, async ({ browse, quiet }) => {
    // Looking at every element four times takes a while on a busy machine.
    test.slow();
    if (notFound) quiet.excuse(/status of 404/);
    const page = await browse(who, { reducedMotion: "reduce" });
    await open(page, await path(page));
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoOverflow(page, `${width} px`);
      await page.emulateMedia({ colorScheme: "light" });
      await expectAccessible(page, `light, ${width} px`);
      // In the dark only the colours differ.
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page, `dark, ${width} px`, ["color-contrast"]);
    }
  });
}

test("sepia can be chosen, and stays", async ({ browse }) => {
  const page = await browse("visitor");
  await open(page, "/");
  await page.getByLabel("Appearance").first().click();
  await page.getByRole("button", { name: "Sepia" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "sepia");
  await expect.poll(async () => (await page.context().cookies()).map(({ name }) => name)).toContain("quire-theme");
  await open(page, "/novels");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "sepia");
  await expectAccessible(page, "sepia");
});

test("the skip link leads past the navigation", async ({ browse }) => {
  const page = await browse("visitor");
  await open(page, "/novels");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the text" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.querySelector("main")!.contains(document.activeElement))).toBe(true);
});

test("the outline is reached and used by keyboard alone", async ({ browse }) => {
  const author = await browse("ben");
  const story = await importStory(author, unique("By keyboard"));
  const editor = new Editor(author, story.id);
  await author.setViewportSize({ width: 1440, height: 900 });
  await editor.open();
  const tree = author.getByRole("tree");
  for (let step = 0; step < 60; step++) {
    await author.keyboard.press("Tab");
    if (await tree.evaluate((tree) => tree.contains(document.activeElement))) break;
  }
  await author.keyboard.press("s");
  await expect(author.locator("[role=treeitem]:focus")).toContainText("Scene 1");
  await author.keyboard.press("Enter");
  await author.waitForURL(/scene=/);
  await editor.content.focus();
  await author.keyboard.type("By hand. ");
  await author.keyboard.press("Control+s");
  await expect(editor.status).toHaveText("Saved successfully");
  // The menu of a place: open, leave with Escape.
  const menu = editor.nodes("chapter").first().locator("xpath=..").locator(".menu-button");
  await menu.focus();
  await author.keyboard.press("Enter");
  await expect(author.getByTestId("move-down")).toBeVisible();
  await author.keyboard.press("Escape");
  await expect(author.getByTestId("move-down")).not.toBeVisible();
});

test("arrow keys turn a chapter's page", async ({ browse }) => {
  const page = await browse("ada");
  const story = await importStory(page, unique("Turning"), true);
  await open(page, `/novels/${story.id}/${story.chapters[0]}`);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("prose")).toContainText("The door was still open");
  expect(page.url()).toContain(story.chapters[1]);
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByTestId("prose")).toContainText("The kettle sang");
  expect(page.url()).toContain(story.chapters[0]);
});
