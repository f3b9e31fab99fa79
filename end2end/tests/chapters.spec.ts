// Chapters are published one by one: what is a draft is at its author's desk and nowhere else.
import { Editor } from "./support/editor.ts";
import { chapterPage, importStory, readStory, titlePage, unique } from "./support/stories.ts";
import { expect, open, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

/** Adds a chapter with words to the story’s last part, opens its scene, and gives its id. */
async function addChapter(author: Page, story: string, title: string, text: string) {
  const editor = new Editor(author, story);
  await editor.open();
  await editor.choose(editor.nodes("part").last(), "add-chapter");
  await author.waitForURL(/chapter=/);
  await editor.title.fill(title);
  await editor.save("chapter");
  const { chapters, scenes } = await readStory(author, story);
  await editor.open("scene", scenes.at(-1));
  await editor.content.fill(text);
  await editor.save("scene");
  return { chapter: chapters.at(-1)! };
}

test("a chapter that is added to a published story is a draft until it is published", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, reader, visitor] = [await browse("ada"), await browse("ben"), await browse("visitor")];
  const story = await importStory(author, unique("A serial"), true);
  await open(reader, chapterPage(story.id, story.chapters[1]));
  await expect(reader.getByText("Chapter 2 of 2", { exact: true }).last()).toBeVisible();
  const text = unique("Nobody slept.");
  const { chapter } = await addChapter(author, story.id, "Night", text);
  const editor = new Editor(author, story.id);
  await expect(author.getByTestId("save-button")).toHaveText("Save");
  await expect(editor.nodes("chapter").last()).toContainText("Draft");
  await expect(editor.nodes("chapter").first()).toContainText("Published");

  expect((await visitor.goto(chapterPage(story.id, chapter)))!.status()).toBe(404);
  await open(visitor, titlePage(story.id));
  await expect(visitor.getByTestId("chapter-link")).toHaveCount(2);
  await expect(visitor.locator("body")).not.toContainText("Night");
  await expect(visitor.getByTestId("updated")).toHaveCount(0);
  await expect(reader.getByTestId("next-chapter")).toHaveCount(0);

  // The reader's open page has the way to it as soon as it is out.
  await editor.choose(editor.nodes("chapter").last(), "publish-chapter");
  await expect(author.getByTestId("toast")).toContainText("Published. Everyone can read this chapter now.");
  await expect(author.getByTestId("save-button")).toHaveText("Save for readers");
  await expect(reader.getByTestId("next-chapter")).toContainText("Night");
  await open(visitor, titlePage(story.id));
  await expect(visitor.getByTestId("chapter-link")).toHaveCount(3);
  await expect(visitor.getByTestId("updated")).toBeVisible();
  await reader.getByTestId("next-chapter").click();
  await expect(reader.getByTestId("prose")).toContainText(text);

  // Withdrawn by Undo: who reads it is told that it is gone, and nobody finds it.
  await author.getByTestId("undo").click();
  await expect(editor.nodes("chapter").last()).toContainText("Draft");
  await expect(reader.getByTestId("failed")).toBeVisible();
  await expect(reader.locator("body")).not.toContainText(text);
  expect((await visitor.goto(chapterPage(story.id, chapter)))!.status()).toBe(404);
});

test("a chapter is published and taken back on its own page, and Undo brings it back", async ({ browse }) => {
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("One of two"), true);
  const editor = new Editor(author, story.id);
  await editor.open("chapter", story.chapters[1]);
  const state = author.getByTestId("chapter-state");
  await expect(state).toContainText("Everyone can read this chapter");
  await author.getByTestId("unpublish-chapter-button").click();
  await expect(state).toContainText("Only you can read this chapter");
  await expect(state).toContainText("First published");
  await open(visitor, titlePage(story.id));
  await expect(visitor.getByTestId("chapter-link")).toHaveCount(1);
  // Even after the page was left.
  await author.locator(".breadcrumb a").click();
  await author.waitForURL("**/studio");
  await author.getByTestId("undo").click();
  await expect(author.getByTestId("toast")).toContainText("Undone");
  await reload(visitor);
  await expect(visitor.getByTestId("chapter-link")).toHaveCount(2);
});

test("a story is published with the chapters that its author chooses, and never with an empty one", async ({ browse, quiet }) => {
  quiet.excuse(/status of (404|422)/);
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const title = unique("Chosen");
  const story = await importStory(author, title);
  const editor = new Editor(author, story.id);
  await editor.open();
  await editor.choose(editor.nodes("part").last(), "add-chapter");
  await author.waitForURL(/chapter=/);
  await editor.open();
  await author.getByTestId("publish-button").click();
  const choice = author.locator("dialog[open]").getByTestId("chapter-choice");
  await expect(choice).toContainText(["Morning", "Evening", "empty: it stays a draft"]);
  await expect(choice.nth(2).getByRole("checkbox")).toBeDisabled();
  await choice.nth(1).getByRole("checkbox").uncheck();
  await editor.answer("yes");
  await expect(author.getByTestId("toast")).toContainText("Published. Everyone can read it now.");
  await open(visitor, titlePage(story.id));
  await expect(visitor.getByTestId("chapter-link")).toHaveCount(1);
  await expect(visitor.getByTestId("chapter-link")).toContainText("Morning");

  // Taken back and published again, it is as it was.
  await author.getByTestId("unpublish-button").click();
  await expect(author.getByTestId("publish-button")).toBeVisible();
  await editor.open("chapter", story.chapters[0]);
  await expect(author.getByTestId("chapter-state")).toContainText("When you publish it, this chapter goes out with it.");
  await editor.open();
  await author.getByTestId("publish-button").click();
  await expect(choice.first()).toContainText("published before");
  await expect(choice.nth(1).getByRole("checkbox"), "left out once, it is offered again").toBeChecked();
  await choice.nth(1).getByRole("checkbox").uncheck();
  await editor.answer("yes");
  await expect(author.getByTestId("unpublish-button")).toBeVisible();
  await author.getByTestId("unpublish-button").click();
  await expect(author.getByTestId("publish-button")).toBeVisible();
  await author.getByTestId("undo").last().click();
  await expect(author.getByTestId("unpublish-button")).toBeVisible();
  await reload(visitor);
  await expect(visitor.getByTestId("chapter-link")).toHaveCount(1);

  // Without words a chapter is refused in a sentence.
  await editor.choose(editor.nodes("chapter").last(), "publish-chapter");
  await expect(author.getByRole("alert")).toContainText("A chapter without words can’t be published.");
});

test("a story is published, and Undo takes it back from those who read it", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, reader, visitor] = [await browse("ada"), await browse("ben"), await browse("visitor")];
  const story = await importStory(author, unique("Out by mistake"));
  const editor = new Editor(author, story.id);
  await editor.open();
  await editor.publish();
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
  const pages = [titlePage(story.id), chapterPage(story.id, story.chapters[0])];
  for (const page of pages) expect((await visitor.goto(page))!.status(), page).toBe(200);
  await author.getByTestId("undo").click();
  await expect(author.getByTestId("publish-button")).toBeVisible();
  await expect(reader.getByTestId("failed")).toBeVisible();
  await expect(reader.locator("body")).not.toContainText("The kettle sang");
  for (const page of pages) expect((await visitor.goto(page))!.status(), page).toBe(404);
  // All of it waits for the next time.
  await author.getByTestId("publish-button").click();
  await expect(author.locator("dialog[open]").getByTestId("chapter-choice")).toContainText(["Morning", "Evening"]);
  await editor.answer("no");
});

test("a chapter with text that is not saved is not published untold", async ({ browse }) => {
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Half said"), true);
  const { chapter } = await addChapter(author, story.id, "Night", "It was dark.");
  const editor = new Editor(author, story.id);
  const text = unique("And then it was light.");
  await editor.content.fill(text);
  await author.waitForFunction((text) => JSON.stringify(localStorage).includes(text), text);
  await editor.open("chapter", chapter);
  await author.getByTestId("publish-chapter-button").click();
  await expect(author.locator("dialog[open]")).toContainText("isn’t saved yet");
  await editor.answer("yes");
  await expect(author.getByTestId("unpublish-chapter-button")).toBeVisible();
  await open(visitor, chapterPage(story.id, chapter));
  await expect(visitor.getByTestId("prose")).toContainText(text);
});

test("a chapter is scheduled in its author's time zone, and times that clocks skip or show twice are told", async ({ browse, quiet }) => {
  quiet.excuse(/status of (404|422)/);
  const [author, visitor] = [await browse("ada", { timezoneId: "Europe/Berlin" }), await browse("visitor")];
  const story = await importStory(author, unique("At its time"), true);
  const { chapter } = await addChapter(author, story.id, "Night", "It was dark.");
  const editor = new Editor(author, story.id);
  await editor.open("chapter", chapter);
  const [state, local, alert] = [author.getByTestId("chapter-state"), author.getByTestId("schedule-local"), author.getByRole("alert")];
  await author.getByTestId("schedule").locator("summary").click();
  await expect(author.getByTestId("schedule-zone")).toHaveValue("Europe/Berlin");
  for (const [time, told] of [
    ["2020-12-01T09:30", "That moment has passed."],
    ["2126-03-31T02:30", "clocks are set forward, and never show that time"],
    ["2126-10-27T02:30", "clocks are set back, and show that time twice"],
  ]) {
    await local.fill(time);
    await author.getByTestId("schedule-button").click();
    await expect(alert).toContainText(told);
    await expect(local, "what was typed stays").toHaveValue(time);
  }
  await author.getByTestId("schedule-which").selectOption("later");
  await author.getByTestId("schedule-button").click();
  await expect(state).toContainText("Readers get it on 27 October 2126, 02:30 (Europe/Berlin)");
  await expect(editor.nodes("chapter").last()).toContainText("Scheduled");
  expect((await visitor.goto(chapterPage(story.id, chapter)))!.status()).toBe(404);
  await open(visitor, titlePage(story.id));
  await expect(visitor.locator("body")).not.toContainText("Night");

  await author.getByTestId("unschedule-button").click();
  await expect(editor.nodes("chapter").last()).toContainText("Draft");
});

test("a scheduled chapter goes out by itself within five seconds", async ({ browse, quiet }) => {
  test.setTimeout(150_000);
  quiet.excuse(/status of 404/);
  const [author, reader] = [await browse("ada", { timezoneId: "America/New_York" }), await browse("visitor")];
  const story = await importStory(author, unique("By itself"), true);
  const { chapter } = await addChapter(author, story.id, "Night", "It was dark.");
  const editor = new Editor(author, story.id);
  await open(reader, chapterPage(story.id, story.chapters[1]));
  await editor.open("chapter", chapter);
  // The next full minute that leaves time to fill the form.
  const moment = Math.ceil((Date.now() + 15_000) / 60_000) * 60_000;
  const there = new Date(moment).toLocaleString("sv", { timeZone: "America/New_York" }).replace(" ", "T").slice(0, 16);
  await author.getByTestId("schedule").locator("summary").click();
  await author.getByTestId("schedule-local").fill(there);
  await author.getByTestId("schedule-button").click();
  await expect(editor.nodes("chapter").last()).toContainText("Scheduled");
  await author.waitForTimeout(Math.max(0, moment - Date.now() - 1_000));
  await expect(reader.getByTestId("next-chapter")).toHaveCount(0);
  await expect(reader.getByTestId("next-chapter")).toContainText("Night", { timeout: 6_000 });
  await expect(editor.nodes("chapter").last()).toContainText("Published");
});
