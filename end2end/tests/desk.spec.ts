// The page one writes on: emphasis, links, quotes and scene breaks, by keys and by the toolbar.
import AxeBuilder from "@axe-core/playwright";
import { Editor } from "./support/editor.ts";
import { importStory, unique } from "./support/stories.ts";
import { expect, test } from "./support/test.ts";
import type { Locator, Page } from "./support/test.ts";

async function openScene(page: Page, text: string): Promise<Editor> {
  const story = await importStory(page, unique("At the desk"));
  const editor = new Editor(page, story.id);
  await editor.open("scene", story.scenes[0]);
  await editor.content.fill(text);
  return editor;
}

/** Selects words in a text area. */
async function select(area: Locator, words: string) {
  await area.evaluate((area: HTMLTextAreaElement, words) => {
    area.focus();
    const at = area.value.indexOf(words);
    area.setSelectionRange(at, at + words.length);
  }, words);
}

test("Ctrl+B, Ctrl+I and Ctrl+K change what is selected, and Ctrl+Z takes it back", async ({ browse }) => {
  const page = await browse("ada");
  const editor = await openScene(page, "She ran home.");
  for (const [key, expected] of [
    ["Control+b", "She **ran** home."],
    ["Control+i", "She *ran* home."],
    ["Control+k", "She [ran](https://) home."],
  ]) {
    await select(editor.content, "ran");
    await page.keyboard.press(key);
    await expect(editor.content).toHaveValue(expected);
    await page.keyboard.press("Control+z");
    await expect(editor.content).toHaveValue("She ran home.");
  }
  // Twice is not at all, and what is typed next takes the place of what is selected.
  await select(editor.content, "ran");
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Control+b");
  await expect(editor.content).toHaveValue("She ran home.");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("https://quire.example");
  await expect(editor.content).toHaveValue("She [ran](https://quire.example) home.");
  await editor.save("scene");
});

for (const width of [1440, 390]) {
  test(`the toolbar does the same by hand, at ${width} px`, async ({ browse }) => {
    const page = await browse("ada", { viewport: { width, height: 844 }, hasTouch: width < 500 });
    const editor = await openScene(page, "One.\n\nTwo owls.\n\nThree.");
    await select(editor.content, "owls");
    await page.getByTestId("tool-emphasis").click();
    await expect(editor.content).toHaveValue("One.\n\nTwo *owls*.\n\nThree.");
    await expect(editor.content).toBeFocused();
    await page.getByTestId("tool-strong").click();
    await expect(editor.content).toHaveValue("One.\n\nTwo ***owls***.\n\nThree.");
    await page.getByTestId("tool-quote").click();
    await expect(editor.content).toHaveValue("One.\n\n> Two ***owls***.\n\nThree.");
    await page.getByTestId("tool-break").click();
    await expect(editor.content).toHaveValue("One.\n\n> Two ***owls***.\n\n***\n\nThree.");
    await editor.save("scene");
    for (const tool of await page.locator(".tool").all()) {
      const box = (await tool.boundingBox())!;
      if (width < 500) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
