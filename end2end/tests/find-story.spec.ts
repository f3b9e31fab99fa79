// Finding and replacing through the whole story, as its author does it.
import { expectAccessible } from "./support/accessible.ts";
import { Editor } from "./support/editor.ts";
import { chapterPage, importStory, unique } from "./support/stories.ts";
import { PROMPT, expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const DESK = { viewport: { width: 1440, height: 900 } };

const BOOK = `## Morning

Mara found the key. Mara kept it.

* * *

A key, and no lock.

## Evening

Mara’s key was gone. The monkey laughed.
`;

class StoryFind {
  constructor(readonly page: Page) {}
  panel = () => this.page.getByTestId("story-find");
  words = () => this.page.getByLabel("Find in the story");
  count = () => this.page.getByTestId("story-find-count");
  matches = () => this.page.getByTestId("story-match");
  option = (name: string) => this.panel().getByRole("button", { name, exact: true });
  replaceButton = () => this.page.getByTestId("replace-story");
  toast = () => this.page.getByTestId("toast");

  async find(words: string) {
    await this.page.getByTestId("find-story").click();
    await this.words().fill(words);
  }

  async replaceWith(words: string) {
    await this.option("Replace").click();
    await this.page.getByTestId("story-find-with").fill(words);
  }
}

async function begin(page: Page, publish = false) {
  const story = await importStory(page, unique("Found"), publish, BOOK);
  const editor = new Editor(page, story.id);
  return { story, editor, find: new StoryFind(page) };
}

/** The selected words of the text. */
const selected = (page: Page) =>
  page.getByTestId("scene-content-editor").evaluate((area: HTMLTextAreaElement) => ({
    words: area.value.slice(area.selectionStart, area.selectionEnd),
    has: document.activeElement === area,
  }));

for (const [where, options] of [["a phone", PHONE], ["a desk", DESK]] as const) {
  test(`words are found in all scenes, and a click leads to them, on ${where}`, async ({ browse }) => {
    const page = await browse("ada", options);
    const { story, editor, find } = await begin(page);
    await editor.open("scene", story.scenes[0]);
    await find.find("mara");
    await expect(find.count()).toHaveText("3 in 2 scenes");
    await expect(find.matches()).toHaveCount(3);
    await expectAccessible(page, "the panel");
    await find.words().fill("key");
    await expect(find.count()).toHaveText("4 in 3 scenes");
    await find.option("Whole words").click();
    await expect(find.count()).toHaveText("3 in 3 scenes");
    await find.option("Match case").click();
    await find.words().fill("Key");
    await expect(find.count()).toHaveText("No matches");
    await find.words().fill("key");
    await expect(find.matches()).toHaveCount(3);
    await find.matches().nth(2).getByRole("link").click();
    await expect(page).toHaveURL(new RegExp(`scene=${story.scenes[2]}`));
    await expect(editor.content).toHaveValue(/^Mara’s key/);
    await expect.poll(() => selected(page)).toEqual({ words: "key", has: true });
    await expect(find.panel()).toHaveCount(where === "a phone" ? 0 : 1);
  });

  test(`what is found is replaced, but for what is left out, and undone, on ${where}`, async ({ browse }) => {
    const page = await browse("ada", options);
    const { story, editor, find } = await begin(page);
    await editor.open("scene", story.scenes[0]);
    await find.find("Mara");
    await find.replaceWith("Nora");
    await expect(find.replaceButton()).toHaveText("Replace 3");
    await expect(find.matches().first()).toContainText("MaraNora found the key");
    await page.getByTestId("choose-match").nth(1).uncheck();
    await expect(find.replaceButton()).toHaveText("Replace 2");
    await page.getByTestId("choose-scene").nth(1).uncheck();
    await expect(find.replaceButton()).toHaveText("Replace 1");
    await page.getByTestId("choose-scene").nth(1).check();
    await expectAccessible(page, "the preview");
    await find.replaceButton().click();
    await expect(find.toast()).toContainText("Replaced 2 in 2 scenes.");
    await expect(find.count()).toHaveText("1 in 1 scene");
    await expect(editor.content).toHaveValue("Nora found the key. Mara kept it.");
    await page.getByTestId("undo").click();
    await expect(find.toast()).toContainText("Undone in 2 scenes.");
    await expect(find.count()).toHaveText("3 in 2 scenes");
    await expect(editor.content).toHaveValue("Mara found the key. Mara kept it.");
  });
}

test("readers have it at once, and another tab of its author shows it", async ({ browse }) => {
  const page = await browse("ada", DESK);
  const { story, editor, find } = await begin(page, true);
  const [tab, reader] = [await page.context().newPage(), await browse("visitor")];
  const other = new Editor(tab, story.id);
  await other.open("scene", story.scenes[1]);
  await other.content.focus();
  await other.content.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(13, 13));
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await editor.open("scene", story.scenes[0]);
  await find.find("key");
  await find.option("Whole words").click();
  await find.replaceWith("golden key");
  await expect(find.replaceButton()).toHaveText("Replace 3 for readers");
  await find.replaceButton().click();
  await expect(reader.locator("main")).toContainText("Mara found the golden key.", { timeout: PROMPT });
  await expect(other.content).toHaveValue("A golden key, and no lock.", { timeout: PROMPT });
  // The caret stays between the same words.
  expect(await other.content.evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(20);
});

test("what is typed and not saved counts, and stays unsaved", async ({ browse }) => {
  const [page, reader] = [await browse("ada", DESK), await browse("visitor")];
  const { story, editor, find } = await begin(page, true);
  await editor.open("scene", story.scenes[1]);
  await editor.content.fill("A key, and no lock. One more key.");
  await page.keyboard.press("Control+Shift+F");
  await expect(find.words()).toBeFocused();
  await find.words().fill("key");
  await find.option("Whole words").click();
  await expect(find.count()).toHaveText("4 in 3 scenes");
  await find.replaceWith("coin");
  await find.replaceButton().click();
  await expect(find.toast()).toContainText("Replaced 4 in 3 scenes.");
  await expect(editor.content).toHaveValue("A coin, and no lock. One more coin.");
  await expect(editor.status).toHaveText("Kept · not saved");
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await expect(reader.locator("main")).toContainText("A coin, and no lock.");
  await expect(reader.locator("main")).not.toContainText("One more coin.");
});

test("a text that changed meanwhile refuses all of it, and says so", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const page = await browse("ada", DESK);
  const { story, editor, find } = await begin(page);
  await editor.open("scene", story.scenes[0]);
  await find.find("Mara");
  await find.replaceWith("Nora");
  await expect(find.replaceButton()).toHaveText("Replace 3");
  // Saved elsewhere while the answer to the click is on its way.
  const save = { title: "", content: "Mara, Mara!", goal: "", conflict: "", outcome: "", base: 1 };
  await page.route("**/api/replace_in_story", async (route) => {
    await page.request.post("/api/save_scene", { data: { scene: story.scenes[2], save } });
    await route.continue();
  });
  await find.replaceButton().click();
  await expect(page.getByTestId("story-find-error")).toContainText("nothing was replaced");
  await expect(find.count()).toHaveText("4 in 2 scenes");
  await expect(editor.content).toHaveValue("Mara found the key. Mara kept it.");
  await page.unroute("**/api/replace_in_story");
  await find.replaceButton().click();
  await expect(find.toast()).toContainText("Replaced 4 in 2 scenes.");
});

test("an Undo leaves what was changed since", async ({ browse }) => {
  const page = await browse("ada", DESK);
  const { story, editor, find } = await begin(page);
  await editor.open("scene", story.scenes[0]);
  await find.find("Mara");
  await find.replaceWith("Nora");
  await find.replaceButton().click();
  await expect(find.toast()).toContainText("Replaced 3 in 2 scenes.");
  const save = { title: "", content: "Nora’s key was here.", goal: "", conflict: "", outcome: "", base: 2 };
  expect((await page.request.post("/api/save_scene", { data: { scene: story.scenes[2], save } })).ok()).toBe(true);
  await page.getByTestId("undo").click();
  await expect(find.toast()).toContainText("Undone in 1 scene. 1 scene was changed since, and stays as it is.");
  await expect(editor.content).toHaveValue("Mara found the key. Mara kept it.");
});

test("with the keyboard alone", async ({ browse }) => {
  const page = await browse("ada", DESK);
  const { story, editor, find } = await begin(page);
  await editor.open("scene", story.scenes[0]);
  await editor.content.focus();
  await editor.content.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 4));
  await page.keyboard.press("Control+Shift+F");
  await expect(find.words()).toHaveValue("Mara");
  await expect(find.count()).toHaveText("3 in 2 scenes");
  await find.option("Replace").focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("story-find-with").focus();
  await page.keyboard.type("Nora");
  await page.getByTestId("choose-match").first().focus();
  await page.keyboard.press("Space");
  await expect(find.replaceButton()).toHaveText("Replace 2");
  await find.replaceButton().focus();
  await page.keyboard.press("Enter");
  await expect(editor.content).toHaveValue("Mara found the key. Nora kept it.");
  await page.keyboard.press("Escape");
  await expect(find.panel()).toHaveCount(0);
  await expect(editor.content).toBeFocused();
});

test("words without sense are refused in a sentence, and signs mean themselves", async ({ browse }) => {
  const page = await browse("ada", DESK);
  const { story, editor, find } = await begin(page);
  await editor.open("scene", story.scenes[0]);
  await find.find("x".repeat(10_000));
  await expect(page.getByTestId("story-find-error")).toHaveText(
    "That is too long to look for: 1,000 characters fit, and this has 10,000.",
  );
  await find.words().fill("k.y");
  await expect(find.count()).toHaveText("No matches");
  await find.words().fill("key.");
  await expect(find.count()).toHaveText("1 in 1 scene");
});
