// What is likely to be opened next is fetched before: less waiting, and not one old word.
import { Editor } from "./support/editor.ts";
import { LEFT_FOR, follow, watchFor } from "./support/going.ts";
import { withoutLine } from "./support/line.ts";
import { reducingData, savingData, slow } from "./support/saving.ts";
import { chapterPage, importStory, novel, titlePage, unique } from "./support/stories.ts";
import type { Story } from "./support/stories.ts";
import { hold, recordOf, timestamp } from "./support/storage.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

/**
 * The questions that a page asks from now on, without the small one about what changed. What is said below a chapter is
 * asked when the chapter is opened: its text is what one waits for.
 */
function questions(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/\/api\/fetch_(?!changes|chapter_talk)/.test(url.pathname)) asked.push(`${url.pathname}?${url.searchParams}`);
  });
  return asked;
}

/** Rests on the link to a story's second chapter, until its text is here. */
async function restOnSecond(page: Page, story: Story) {
  await page.getByTestId("chapter-link").nth(1).hover();
  await recordOf(page, "reading-page", story.chapters[1]);
}

const openSecond = (page: Page, story: Story) =>
  follow(page, page.getByTestId("chapter-link").nth(1), `**${chapterPage(story.id, story.chapters[1])}`);

/** The author changes the second chapter. */
async function change(author: Page, story: Story): Promise<string> {
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[2]);
  const text = unique("The door was shut.");
  await editor.content.fill(text);
  await editor.save("scene");
  return text;
}

test("who points at a link, and follows it, waits for nothing", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Foreseen"), true);
  await open(reader, titlePage(story.id));
  await restOnSecond(reader, story);
  const asked = questions(reader);
  await openSecond(reader, story);
  await expect(reader.getByTestId("prose")).toContainText("The door was still open.");
  expect(asked).toEqual([]);
});

test("the keyboard points as well", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("By keyboard"), true);
  await open(reader, titlePage(story.id));
  await reader.getByTestId("chapter-link").nth(1).focus();
  await recordOf(reader, "reading-page", story.chapters[1]);
});

test("the next chapter is there before anybody turns the page", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Read on"), true);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await recordOf(reader, "reading-page", story.chapters[1]);
  const asked = questions(reader);
  await reader.keyboard.press("ArrowRight");
  await expect(reader.getByTestId("prose")).toContainText("The door was still open.");
  expect(asked).toEqual([]);
});

test("of a catalogue, the first stories in view", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  // A catalogue that no other test puts anything on.
  for (const title of ["One", "Two", "Three", "Four"].map(unique)) {
    const file = { name: "story.md", mimeType: "text/markdown", buffer: Buffer.from(`# ${title}\n\n## Only\n\nText.\n`) };
    const form = { file, genre: "romance", format: "comic", publish: "true" };
    expect((await author.request.post("/api/import_story", { multipart: form })).ok()).toBe(true);
  }
  const asked = questions(reader);
  await open(reader, "/comics?genre=romance");
  const cards = await reader.getByTestId("story-card").all();
  expect(cards.length).toBeGreaterThan(3);
  const ids = await Promise.all(cards.map((card) => card.getAttribute("data-story-id")));
  await recordOf(reader, "story-page", ids[2]!);
  await reader.waitForTimeout(400);
  expect(asked.sort()).toEqual(ids.slice(0, 3).map((id) => `/api/fetch_story?story=${id}`).sort());
});

for (const [because, say] of [
  ["who saves data", savingData],
  ["whose connection is slow", slow],
  ["who prefers less data", reducingData],
] as const) {
  test(`nothing is fetched ahead for one ${because}`, async ({ browse }) => {
    const [author, reader] = [await browse("ada"), await browse("visitor")];
    const story = await importStory(author, unique("Sparing"), true);
    await say(reader);
    await open(reader, titlePage(story.id));
    const asked = questions(reader);
    await reader.getByTestId("chapter-link").nth(1).hover();
    await reader.waitForTimeout(400);
    expect(asked).toEqual([]);
    await openSecond(reader, story);
    await expect(reader.getByTestId("prose")).toContainText("The door was still open.");
    expect(asked).toHaveLength(1);
  });
}

test("an edit after it was fetched: who is told shows the new text", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Told in time"), true);
  await open(reader, titlePage(story.id));
  await restOnSecond(reader, story);
  const record = await recordOf(reader, "reading-page", story.chapters[1]);
  const text = await change(author, story);
  await expect.poll(() => timestamp(reader, record)).toBe("0");
  const sighted = await watchFor(reader, "The door was still open.");
  await openSecond(reader, story);
  await expect(reader.getByTestId("prose")).toContainText(text);
  expect(await sighted(), "the old text was on screen").toBe(false);
});

test("an edit after it was fetched: who is not told asks", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Not told"), true);
  await withoutLine(reader);
  await open(reader, titlePage(story.id));
  await restOnSecond(reader, story);
  const text = await change(author, story);
  await reader.waitForTimeout(LEFT_FOR);
  const sighted = await watchFor(reader, "The door was still open.");
  await openSecond(reader, story);
  await expect(reader.getByTestId("prose")).toContainText(text);
  expect(await sighted(), "the old text was on screen").toBe(false);
});

test("an edit that overtakes it on its way", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Overtaken"), true);
  await open(reader, titlePage(story.id));
  let arrive = () => {};
  const held = new Promise<void>((go) => (arrive = go));
  let read = false;
  // The server has answered; its answer is long on the way.
  await reader.route(`**/api/fetch_reading_page?*${story.chapters[1]}*`, async (route) => {
    const response = await route.fetch();
    if (!read) {
      read = true;
      await held;
    }
    await route.fulfill({ response });
  });
  await reader.getByTestId("chapter-link").nth(1).hover();
  await expect.poll(() => read).toBe(true);
  const text = await change(author, story);
  const sighted = await watchFor(reader, "The door was still open.");
  arrive();
  await openSecond(reader, story);
  await expect(reader.getByTestId("prose")).toContainText(text);
  expect(await sighted(), "the old text was on screen").toBe(false);
});

test("who follows the link meanwhile does not ask twice", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Impatient"), true);
  await open(reader, titlePage(story.id));
  const text = await hold(reader, `**/api/fetch_reading_page?*${story.chapters[1]}*`);
  await reader.getByTestId("chapter-link").nth(1).hover();
  await expect.poll(text.asked).toBe(1);
  await openSecond(reader, story);
  await text.letGo();
  await expect(reader.getByTestId("prose")).toContainText("The door was still open.");
  expect(text.asked()).toBe(1);
});

test("a long list costs no more than a minute's budget, two at once", async ({ browse }) => {
  const reader = await browse("visitor");
  let [underWay, most, asked] = [0, 0, 0];
  // A press fetches all that the chapter's page asks.
  await reader.route(/\/api\/fetch_(reading_page|chapter_talk)\?/, async (route) => {
    asked += 1;
    underWay += 1;
    most = Math.max(most, underWay);
    const response = await route.fetch();
    underWay -= 1;
    await route.fulfill({ response });
  });
  await open(reader, titlePage(novel()));
  const links = reader.getByTestId("chapter-link");
  const count = await links.count();
  expect(count).toBeGreaterThan(50);
  for (let from = 0; from < count; from += 5) {
    await links.evaluateAll((links, from) => {
      for (const link of links.slice(from, from + 5)) link.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    }, from);
    await reader.waitForTimeout(150);
  }
  expect(most).toBe(2);
  expect(asked).toBeGreaterThan(15);
  expect(asked).toBeLessThanOrEqual(30);
});
