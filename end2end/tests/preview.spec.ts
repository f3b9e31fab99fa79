// The preview of a scene: what readers will see, while one types.
import { expectAccessible } from "./support/accessible.ts";
import { Editor } from "./support/editor.ts";
import { importStory, unique } from "./support/stories.ts";
import { expect, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

async function openWith(page: Page, text: string): Promise<Editor> {
  const story = await importStory(page, unique("Looked at"));
  const editor = new Editor(page, story.id);
  await editor.open("scene", story.scenes[0]);
  await editor.content.fill(text);
  return editor;
}

const button = (page: Page) => page.getByRole("toolbar").getByRole("button", { name: "Preview" });

const LONG = Array.from({ length: 60 }, (_, at) => `Line ${at} of a *long* night.`).join("\n\n");

test("beside the sheet, it follows what is typed, and reads it as readers' pages do", async ({ browse }) => {
  const page = await browse("ada", { viewport: { width: 1440, height: 900 } });
  const editor = await openWith(page, "She *knew* it.[^1]\n\n[^1]: Or so.\n\n***\n\n> Quiet.");
  const preview = page.getByTestId("preview");
  await expect(button(page)).toHaveAttribute("title", "Preview (F8)");
  await editor.content.focus();
  await page.keyboard.press("F8");
  await expect(button(page)).toHaveAttribute("aria-pressed", "true");
  await expect(editor.content, "typing goes on").toBeFocused();
  await expect(preview.locator("em")).toHaveText("knew");
  await expect(preview.locator("blockquote")).toHaveText("Quiet.");
  await expect(preview.locator(".scene-break")).toHaveCount(1);
  await expect(preview.locator(".notes")).toContainText("Or so.");
  const [sheet, beside] = [await editor.content.boundingBox(), await preview.boundingBox()];
  expect(beside!.x).toBeGreaterThanOrEqual(sheet!.x + sheet!.width);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${colorScheme}, with the preview`);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440);
  await editor.content.press("Control+End");
  await page.keyboard.type("\n\nAnd **loud**.");
  await expect(preview.locator("strong")).toHaveText("loud");
  // A note is found in it, and the address stays.
  const address = page.url();
  await preview.locator(".note-mark a").click();
  expect(page.url()).toBe(address);
  // It stays while another scene is opened.
  await page.getByTestId("scene-node").nth(1).click();
  await expect(preview).toContainText("Nobody had filled it.");
  await button(page).click();
  await expect(preview).toHaveCount(0);
});

test("on a phone it takes the sheet's place, which is found again as it was left", async ({ browse }) => {
  const page = await browse("ada", { viewport: { width: 390, height: 844 }, hasTouch: true, reducedMotion: "reduce" });
  const editor = await openWith(page, LONG);
  const preview = page.getByTestId("preview");
  await editor.content.evaluate((area: HTMLTextAreaElement) => {
    area.focus();
    const start = area.value.indexOf("Line 40");
    area.setSelectionRange(start, start + 7);
  });
  await page.evaluate(() => scrollTo(0, 1_500));
  const place = () => page.evaluate(() => Math.round(scrollY));
  const before = await place();
  await page.keyboard.press("F8");
  await expect(editor.content).toBeHidden();
  await expect(preview).toBeFocused();
  await expect(preview.locator("em").first()).toHaveText("long");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${colorScheme}, with the preview`);
  }
  await page.evaluate(() => scrollTo(0, 0));
  await button(page).tap();
  await expect(editor.content).toBeFocused();
  await expect.poll(place).toBe(before);
  const selected = () =>
    editor.content.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
  expect(await selected()).toBe("Line 40");
});

test("typing in a long scene does not wait for it", { tag: "@alone" }, async ({ browse }) => {
  const page = await browse("ada", { viewport: { width: 1440, height: 900 } });
  const editor = await openWith(page, Array.from({ length: 10 }, () => LONG).join("\n\n"));
  await editor.content.press("Control+End");
  const wait = async () => {
    const times: number[] = [];
    for (let key = 0; key < 20; key += 1) {
      times.push(
        await page.evaluate(async () => {
          const start = performance.now();
          document.execCommand("insertText", false, "a");
          const time = performance.now() - start;
          await new Promise((done) => setTimeout(done, 40));
          return time;
        }),
      );
    }
    return times.sort((a, b) => a - b)[10];
  };
  const without = await wait();
  await page.keyboard.press("F8");
  await expect(page.getByTestId("preview").locator("p").first()).toBeVisible();
  const beside = await wait();
  console.log(`a key in 20,000 letters: ${without.toFixed(1)} ms, ${beside.toFixed(1)} ms beside a preview`);
  expect(beside).toBeLessThan(without * 2 + 50);
  await expect(page.getByTestId("preview")).toContainText("night.aaaaaaaaaa");
});
