// A tab that was left for a while and is returned to shows what is true now, never what was, and needs
// no live line for that.
import { Editor } from "./support/editor.ts";
import { withoutLine } from "./support/line.ts";
import { LEFT_FOR, follow, watchFor } from "./support/going.ts";
import { savingData } from "./support/saving.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";

test("the author's new text, by a step inside the reader's tab", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const title = unique("Read twice");
  const story = await importStory(author, title, true);
  await withoutLine(reader);
  const chapter = chapterPage(story.id, story.chapters[0]);
  await open(reader, chapter);
  await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
  await follow(reader, reader.locator(".breadcrumb a", { hasText: title }), `**${titlePage(story.id)}`);

  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[0]);
  const text = unique("The kettle had boiled dry.");
  await editor.content.fill(text);
  await editor.save("scene");

  await reader.waitForTimeout(LEFT_FOR);
  const sighted = await watchFor(reader, "The kettle sang");
  await follow(reader, reader.getByTestId("chapter-link").first(), `**${chapter}`);
  await expect(reader.getByTestId("prose")).toContainText(text);
  expect(await sighted(), "the old text was on screen").toBe(false);
});

test("a tab that is seen again asks by itself", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Seen again"), true);
  await withoutLine(reader);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[0]);
  const text = unique("Somebody filled the kettle.");
  await editor.content.fill(text);
  await editor.save("scene");

  await reader.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await expect(reader.getByTestId("prose")).toContainText(text);
});

test("what was read is shown at once, without asking for it again", async ({ browse }) => {
  const reader = await browse("visitor");
  const author = await browse("ada");
  const title = unique("Back and forth");
  const story = await importStory(author, title, true);
  await savingData(reader);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await follow(reader, reader.locator(".breadcrumb a", { hasText: title }), `**${titlePage(story.id)}`);
  const asked: string[] = [];
  reader.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await follow(reader, reader.getByTestId("chapter-link").first(), `**${chapterPage(story.id, story.chapters[0])}`);
  await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
  expect(asked).not.toContain("/api/fetch_reading_page");
});
