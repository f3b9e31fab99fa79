// A scene's text is read as a story: verse, notes, scene breaks and comments, as a reader meets them.
import { chapterPage, importStory, unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";

const TEXT = `## Only

She read aloud[^1]:

Key of iron, key of bone,
key that opened every stone.

1984. It was the year the tower fell. <!-- Or 1985? -->

* * *

[Mara]: Hello?

[^1]: Softly.
${"\nA long evening.\n".repeat(60)}`;

test("a reader meets verse, a scene break and the words as they were typed", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Typed"), true, TEXT);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  const prose = reader.getByTestId("prose");
  await expect(prose.locator(".verse br")).toHaveCount(1);
  await expect(prose).toContainText("1984. It was the year the tower fell.");
  await expect(prose).toContainText("[Mara]: Hello?");
  await expect(prose.getByRole("separator")).toHaveCount(1);
  expect(await reader.content()).not.toContain("Or 1985?");
  // Copied text has the break, too.
  const copied = await prose.evaluate((text) => {
    getSelection()!.selectAllChildren(text);
    return String(getSelection());
  });
  expect(copied).toContain("* * *");
});

test("a note is linked to and fro, and the page stays", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Noted"), true, TEXT);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  const prose = reader.getByTestId("prose");
  await prose.getByLabel("Note 1").click();
  await expect(reader).toHaveURL(/#note-1$/);
  await expect(prose.locator("#note-1")).toBeInViewport();
  await expect(prose.locator("#note-1")).toContainText("Softly.");
  await prose.locator(".note-back").click();
  await expect(reader).toHaveURL(/#note-1-text$/);
  await expect(prose.locator("#note-1-text")).toBeInViewport();
});
