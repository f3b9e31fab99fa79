// An edit in the studio is fresh everywhere: in the editor, on every page, in every browser.
import type { Response } from "@playwright/test";
import { Editor } from "./support/editor.ts";
import type { Level } from "./support/editor.ts";
import { join } from "./support/joining.ts";
import { NOVEL_LISTED, chapterPage, importStory, novel, readStory, titlePage, unique } from "./support/stories.ts";
import { hold, recordOf, records, timestamp } from "./support/storage.ts";
import { expect, open, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

/** The plan's three headers. */
async function expectHeaders(answer: Response, key: string) {
  const headers = await answer.allHeaders();
  expect(headers["x-cache-invalidate"]?.split(",")).toEqual(expect.arrayContaining(["writing", "reading"]));
  expect(headers["x-cache-invalidate-keys"]?.split(",")).toContain(key);
  expect(Math.abs(Date.now() - Date.parse(headers["x-cache-invalidate-timestamp"] ?? ""))).toBeLessThan(60_000);
}

/** Saves while the record's refetch is held back: between the two, its time is 0. */
async function saveWatching(editor: Editor, level: Level, key: string, record: string, fetches: string) {
  const { page } = editor;
  // As if the answer brought nothing along.
  await page.route(`**/api/save_${level}`, (route) => {
    const { "x-cache-showing": _, ...headers } = route.request().headers();
    return route.continue({ headers });
  });
  expect(Number(await timestamp(page, record))).toBeGreaterThan(0);
  const refetch = await hold(page, `**/api/${fetches}?**`);
  await expectHeaders(await editor.save(level), key);
  await expect.poll(refetch.asked).toBeGreaterThan(0);
  expect(await timestamp(page, record)).toBe("0");
  await refetch.letGo();
  await expect.poll(async () => Number(await timestamp(page, record))).toBeGreaterThan(0);
}

async function expectOnPages(pages: Page[], path: string, text: string) {
  for (const page of pages) {
    await open(page, path);
    await expect(page.locator("main")).toContainText(text);
  }
}

test("a save needs one round trip to be fresh on screen", async ({ browse }) => {
  // An author of the test's own: what others write as Ada is her progress, too, and is asked for.
  const author = await browse("visitor");
  await join(author, "Saida");
  const story = await importStory(author, unique("One round trip"), true);
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[0]);
  const record = await recordOf(author, "scene-draft", story.scenes[0]);
  const tree = await recordOf(author, "manuscript", story.id);
  const progress = await recordOf(author, "my-progress");
  const text = unique("Said once.");
  await editor.content.fill(text);
  const asked: string[] = [];
  author.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const answer = await editor.save("scene");
  const brought = (await answer.json()).fresh.map((fresh: { key: string }) => fresh.key);
  expect(`swr-cache-${brought.sort().join()}`).toBe([tree, progress, record].join().replaceAll(",swr-cache-", ","));
  await expect.poll(async () => (await records(author))[record]).toContain(text);
  expect(Number(await timestamp(author, record))).toBeGreaterThan(0);
  // Longer than asking would take to begin.
  await author.waitForTimeout(500);
  expect(asked.filter((path) => path.startsWith("/api/fetch_"))).toEqual([]);
});

test("a scene of the published novel", async ({ browse }) => {
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const story = await readStory(author, novel());
  // A reader has just read the old text, so every tier holds it.
  await open(visitor, chapterPage(story.id, story.chapters[2]));
  const editor = new Editor(author, story.id);
  await editor.open("chapter", story.chapters[2]);
  // A chapter of one scene leads to it, one of more has them below.
  const scene = author.locator(`li:has(> .outline-row [data-chapter-id="${story.chapters[2]}"]) [data-scene-id]`);
  const id = (await scene.first().getAttribute("data-scene-id"))!;
  await scene.first().click();

  const text = unique("The tide went out.");
  const old = await editor.content.inputValue();
  await editor.content.fill(`${text}\n\n${old}`);
  await expect(editor.status).toHaveText("Unsaved changes");
  const record = await recordOf(author, "scene-draft", id);
  await saveWatching(editor, "scene", `scene:${id}`, record, "fetch_scene");
  expect((await records(author))[record]).toContain(text);

  await reload(author);
  await expect(editor.content).toHaveValue(`${text}\n\n${old}`);
  await expectOnPages([author, visitor], chapterPage(story.id, story.chapters[2]), text);
});

test("a chapter of the published novel", async ({ browse }) => {
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const story = await readStory(author, novel());
  const chapter = story.chapters[3];
  await open(visitor, titlePage(story.id));
  const editor = new Editor(author, story.id);
  await editor.open("chapter", chapter);

  const title = unique("Low water");
  await editor.title.fill(title);
  await editor.synopsis.fill("They wait.");
  const record = await recordOf(author, "manuscript", story.id);
  await saveWatching(editor, "chapter", `chapter:${chapter}`, record, "fetch_manuscript");
  await expect(author.locator(`[data-chapter-id="${chapter}"]`)).toContainText(title);

  await reload(author);
  await expect(editor.title).toHaveValue(title);
  await expect(editor.synopsis).toHaveValue("They wait.");
  await expectOnPages([author, visitor], chapterPage(story.id, chapter), title);
  await expectOnPages([author, visitor], titlePage(story.id), title);
  // The neighbours name it too.
  await expectOnPages([visitor], chapterPage(story.id, story.chapters[4]), title);
});

test("a part of the published novel", async ({ browse }) => {
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const story = await readStory(author, novel());
  await open(visitor, titlePage(story.id));
  const editor = new Editor(author, story.id);
  await editor.open();
  const part = (await editor.nodes("part").first().getAttribute("data-part-id"))!;
  await editor.nodes("part").first().click();

  const title = unique("Volume");
  await editor.title.fill(title);
  const record = await recordOf(author, "manuscript", story.id);
  await saveWatching(editor, "part", `part:${part}`, record, "fetch_manuscript");

  await reload(author);
  await expect(editor.title).toHaveValue(title);
  await expectOnPages([author, visitor], titlePage(story.id), title);
  await expectOnPages([author, visitor], chapterPage(story.id, story.chapters[0]), title);
});

test("the published novel itself", async ({ browse }) => {
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  await open(visitor, NOVEL_LISTED);
  const editor = new Editor(author, novel());
  await editor.open();

  const blurb = unique("A ferry, and who waits for it.");
  await editor.blurb.fill(blurb);
  const record = await recordOf(author, "manuscript", novel());
  await saveWatching(editor, "story", `story:${novel()}`, record, "fetch_manuscript");

  await reload(author);
  await expect(editor.blurb).toHaveValue(blurb);
  await expectOnPages([author, visitor], titlePage(novel()), blurb);
  await expectOnPages([author, visitor], NOVEL_LISTED, blurb);
});

test("Ctrl+S saves, and a second save in a row too", async ({ browse }) => {
  const author = await browse("ada");
  const story = await readStory(author, novel());
  const editor = new Editor(author, story.id);
  await editor.open("chapter", story.chapters[8]);
  for (const synopsis of [unique("once"), unique("twice")]) {
    await editor.synopsis.fill(synopsis);
    await author.keyboard.press("Control+s");
    await expect(editor.status).toHaveText("Saved successfully");
    await expect(editor.synopsis).toHaveValue(synopsis);
  }
  await reload(author);
  await expect(editor.synopsis).toHaveValue(/twice/);
});
