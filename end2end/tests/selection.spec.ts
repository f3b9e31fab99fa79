// What a reader has selected, and where they are, survives what others change.
import { Editor } from "./support/editor.ts";
import { chapterPage, importStory, readStory, unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

/** Selects the chapter's first paragraph, and remembers each of its paragraphs. */
async function select(reader: Page): Promise<string> {
  return reader.getByTestId("prose").evaluate((prose) => {
    const paragraphs = [...prose.querySelectorAll("p")];
    (window as unknown as { kept: Element[] }).kept = paragraphs;
    getSelection()!.selectAllChildren(paragraphs[0]);
    return String(getSelection());
  });
}

const selected = (reader: Page) => reader.evaluate(() => String(getSelection()));

/** Which of the paragraphs there were are the very same elements now. */
const kept = (reader: Page) =>
  reader.evaluate(() => (window as unknown as { kept: Element[] }).kept.map((paragraph) => paragraph.isConnected));

test("a chapter that is appended touches no paragraph", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Selected"), true);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  const words = await select(reader);
  expect(words).toContain("The kettle sang");
  await addChapter(author, story.id);
  await expect(reader.getByText("Chapter 1 of 3")).toBeVisible();
  expect(await kept(reader)).toEqual([true, true]);
  expect(await selected(reader)).toBe(words);
});

test("of a scene that is edited only the paragraph that changed is made anew", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const text = "## Only\n\nThe first stays.\n\nThe second goes.\n\nThe third stays, too.\n";
  const story = await importStory(author, unique("Edited"), true, text);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  const words = await select(reader);
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[0]);
  const changed = unique("The second was changed.");
  await editor.content.fill(`The first stays.\n\n${changed}\n\nThe third stays, too.`);
  await editor.save("scene");
  await expect(reader.getByTestId("prose")).toContainText(changed);
  await expect(reader.getByTestId("prose")).not.toContainText("The second goes.");
  expect(await kept(reader)).toEqual([true, false, true]);
  expect(await selected(reader)).toBe(words);
  await expect(reader.getByTestId("prose").locator("p")).toHaveText(["The first stays.", changed, "The third stays, too."]);
});

/** Adds a chapter with words at the end, and publishes it, as the studio does. */
async function addChapter(author: Page, story: string) {
  const html = await (await author.request.get(`/studio/edit/story/${story}`)).text();
  const part = /data-part-id="(\w+)"/.exec(html)![1];
  const added = await author.request.post("/api/add_chapter", { data: { part, title: "Night" } });
  const chapter = (await added.json()).value;
  const scene = (await readStory(author, story)).scenes.at(-1);
  const save = { title: "", content: "It was dark.", goal: "", conflict: "", outcome: "", base: 1 };
  expect((await author.request.post("/api/save_scene", { data: { scene, save } })).ok()).toBe(true);
  const answer = await author.request.post("/api/publish_chapter", { form: { chapter } });
  expect(answer.ok(), await answer.text()).toBe(true);
}
