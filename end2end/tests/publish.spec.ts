// Publishing puts a story before everybody at once; unpublishing takes it from everybody at once.
import { Editor } from "./support/editor.ts";
import { withoutLine } from "./support/line.ts";
import { LEFT_FOR, follow, staying, watchFor } from "./support/going.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { everything } from "./support/storage.ts";
import { expect, open, test } from "./support/test.ts";

test("a published story is in its catalogue and on the front page", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const title = unique("Out today");
  const story = await importStory(author, title);
  expect((await visitor.goto(titlePage(story.id)))!.status()).toBe(404);
  await open(visitor, "/novels");
  await expect(visitor.getByText(title)).toHaveCount(0);

  const editor = new Editor(author, story.id);
  await editor.open();
  await editor.publish();

  for (const path of ["/novels", "/novels?genre=literary", "/"]) {
    await open(visitor, path);
    await expect(visitor.locator(`[data-story-id="${story.id}"]`)).toContainText(title);
  }
  await open(author, "/publish");
  await expect(author.locator(`[data-story-id="${story.id}"]`).getByTestId("unpublish-button")).toBeVisible();
  await follow(visitor, visitor.getByRole("link", { name: title }), `**${titlePage(story.id)}`);
  await follow(visitor, visitor.getByTestId("chapter-link").first(), `**${chapterPage(story.id, story.chapters[0])}`);
  await expect(visitor.getByTestId("prose")).toContainText("The kettle sang");
});

test("an unpublished story is gone at once, everywhere", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, reader, visitor] = [await browse("ada"), await browse("visitor"), await browse("visitor")];
  const title = unique("Taken back");
  const story = await importStory(author, title, true);
  const chapter = chapterPage(story.id, story.chapters[0]);

  await withoutLine(reader);
  // The reader has read it and went on to its title page; the author has read it too.
  await open(reader, chapter);
  await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
  await follow(reader, reader.locator(".breadcrumb a", { hasText: title }), `**${titlePage(story.id)}`);
  await open(author, chapter);
  await follow(author, author.getByTestId("next-chapter"), `**${chapterPage(story.id, story.chapters[1])}`);
  await expect(author.getByTestId("prose")).toContainText("The door was still open");
  expect(JSON.stringify(await everything(author))).toContain("The door was still open");

  await open(author, "/publish");
  const sighted = await watchFor(author, "The door was still open");
  await author.locator(`[data-story-id="${story.id}"]`).getByTestId("unpublish-button").click();
  await expect(author.locator(`[data-story-id="${story.id}"]`).getByTestId("publish-button")).toBeVisible();

  // Nothing of it is left in the author's browser.
  const kept = Object.entries(await everything(author)).filter(([name]) => /^swr-cache-(reading|story)-page/.test(name));
  expect(JSON.stringify(kept)).not.toContain(story.id);
  expect(await sighted()).toBe(false);

  // A stranger gets a 404; so does the tab that had it, whose next step is inside the tab.
  expect((await visitor.goto(chapter))!.status()).toBe(404);
  await expect(visitor.locator("body")).not.toContainText("The kettle sang");
  await reader.waitForTimeout(LEFT_FOR);
  const stayed = await staying(reader);
  const shown = await watchFor(reader, "The kettle sang");
  // A tab whose line is silent asks by itself after a few seconds: then its title page is gone before the next step.
  const [link, gone] = [reader.getByTestId("chapter-link").first(), reader.getByTestId("failed")];
  await expect(link.or(gone)).toBeVisible();
  if (await link.isVisible()) await link.click({ timeout: 1_000 }).catch(() => {});
  await expect(gone).toBeVisible();
  expect(await stayed(), "the same document").toBe(true);
  expect(await shown()).toBe(false);
  expect(JSON.stringify(await everything(reader))).not.toContain("The kettle sang");
  await open(visitor, "/novels");
  await expect(visitor.getByText(title)).toHaveCount(0);
});

test("published again, it is there again", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Out and back"), true);
  const row = author.locator(`[data-story-id="${story.id}"]`);
  await open(author, "/publish");
  await row.getByTestId("unpublish-button").click();
  await row.getByTestId("publish-button").click();
  await author.locator("dialog[open] button[value=yes]").click();
  await expect(row.getByTestId("unpublish-button")).toBeVisible();
  expect((await visitor.goto(chapterPage(story.id, story.chapters[0])))!.status()).toBe(200);
  await expect(visitor.getByTestId("prose")).toContainText("The kettle sang");
});
