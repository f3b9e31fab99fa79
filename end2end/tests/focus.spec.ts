// Focus mode: nothing but the sheet and the state of its text.
import { expectAccessible } from "./support/accessible.ts";
import { Editor } from "./support/editor.ts";
import { importStory, unique } from "./support/stories.ts";
import { expect, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

async function openScene(page: Page) {
  const story = await importStory(page, unique("Nothing else"));
  const editor = new Editor(page, story.id);
  await editor.open("scene", story.scenes[0]);
  return { editor, story };
}

const AROUND = [".site-header", ".breadcrumb", ".editor-outline", ".toolbar", "#goal", ".site-footer"];

async function expectAround(page: Page, isThere: boolean) {
  for (const part of AROUND) await expect(page.locator(part), part).toBeVisible({ visible: isThere });
}

test("keys enter and leave it, the text is kept as ever, and this browser remembers it", async ({ browse }) => {
  const page = await browse("ada", { viewport: { width: 1440, height: 900 } });
  const { editor, story } = await openScene(page);
  await expect(page.getByRole("button", { name: "Focus mode" })).toHaveAttribute("title", "Focus mode (Shift+F8)");
  await editor.content.focus();
  await page.keyboard.press("Shift+F8");
  await expectAround(page, false);
  await expect(editor.content).toBeFocused();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" And sang.");
  await expect(editor.status).toHaveText("Kept · not saved");
  await expect(editor.status).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${colorScheme}, in focus mode`);
  }
  await page.keyboard.press("Control+s");
  await expect(editor.status).toHaveText("Saved successfully");
  // Finding words is there too, and Escape ends that first.
  await page.keyboard.press("Control+f");
  await expect(page.getByTestId("finder")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("finder")).toHaveCount(0);
  await expectAround(page, false);

  await reload(page);
  await expectAround(page, false);
  await page.keyboard.press("Escape");
  await expectAround(page, true);
  await expect(editor.content).toBeFocused();
  await reload(page);
  await expectAround(page, true);
  // It is of scenes alone.
  await page.getByRole("button", { name: "Focus mode" }).click();
  await expectAround(page, false);
  await editor.open("chapter", story.chapters[0]);
  await expect(page.locator(".editor-outline")).toBeVisible();
});

test("typewriter scrolling holds the caret's line at two fifths of the height", async ({ browse }) => {
  const page = await browse("ada", { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  const { editor } = await openScene(page);
  await editor.content.fill(Array.from({ length: 40 }, (_, at) => `Line ${at}.`).join("\n\n"));
  await editor.content.press("Shift+F8");
  await page.getByTestId("typewriter").click();
  await expect(page.getByTestId("typewriter")).toHaveAttribute("aria-pressed", "true");
  await expectAccessible(page, "with typewriter scrolling");
  /** Where the caret's line is, at the end of the text or at its beginning. */
  const height = (end: boolean) =>
    editor.content.evaluate((area, end) => {
      const { top, bottom } = area.getBoundingClientRect();
      return (end ? bottom - parseFloat(getComputedStyle(area).lineHeight) : top) / innerHeight;
    }, end);
  await editor.content.press("Control+End");
  await page.keyboard.type("\n\nOne more.");
  await expect.poll(() => height(true)).toBeCloseTo(0.4, 1);
  await editor.content.press("Control+Home");
  await expect.poll(() => height(false)).toBeCloseTo(0.4, 1);
  await reload(page);
  await expect(page.getByTestId("typewriter")).toHaveAttribute("aria-pressed", "true");
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe("auto");
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe("smooth");
});

test("on a phone there is a way out without keys", async ({ browse }) => {
  const page = await browse("ada", { viewport: { width: 390, height: 844 }, hasTouch: true, reducedMotion: "reduce" });
  const { editor } = await openScene(page);
  await page.getByRole("button", { name: "Focus mode" }).tap();
  await expectAround(page, false);
  await expect(editor.content).toBeInViewport({ ratio: 0.9 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${colorScheme}, in focus mode on a phone`);
  }
  await page.getByTestId("leave-focus").tap();
  await expectAround(page, true);
});
