// What others save is on screen without anybody touching anything.
import { write } from "./support/editor.ts";
import { Lines } from "./support/line.ts";
import { savingData } from "./support/saving.ts";
import { hold } from "./support/storage.ts";
import { chapterPage, importStory, unique } from "./support/stories.ts";
import { card, comment, post, postByRequest } from "./support/talk.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

test("a reader sees the saved edit without touching anything", async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Read live"), true);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
  const text = await write(author, story.id, story.scenes[0], "The kettle hummed.");
  await expect(reader.getByTestId("prose")).toContainText(text);
  await expect(reader.getByTestId("prose")).not.toContainText("The kettle sang");
});

test("what is unpublished leaves the screen, and published again it is back", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Taken back live"), true);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
  expect((await author.request.post("/api/unpublish_story", { form: { story: story.id } })).ok()).toBe(true);
  await expect(reader.getByText("The kettle sang")).toHaveCount(0);
  expect(await reader.evaluate(() => JSON.stringify(localStorage))).not.toContain("The kettle sang");
  await expect(reader.getByTestId("failed")).toBeVisible();
  expect((await author.request.post("/api/publish_story", { form: { story: story.id } })).ok()).toBe(true);
  await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
  await expect(reader.getByTestId("failed")).toHaveCount(0);
});

test("what goes from a thread is hidden at once, and leaves its readers where they are", async ({ browse }) => {
  const [ben, reader] = [await browse("ben"), await browse("visitor", { viewport: { width: 390, height: 400 } })];
  const id = await postByRequest(ben, unique("Who is awake?"));
  const [goes, ...stay] = ["I was", "You are", "She is", "He is", "It is", "They are"].map(unique);
  const comments: string[] = [];
  for (const text of [goes, ...stay]) {
    const answer = await ben.request.post("/api/add_comment", { form: { post: id, text } });
    comments.push((await answer.json()).value);
  }
  await open(reader, `/community/${id}`);
  const link = comment(reader, stay.at(-1)!).getByRole("link").first();
  await comment(reader, stay.at(-1)!).scrollIntoViewIfNeeded();
  await link.focus();
  const place = () => reader.evaluate(() => [window.scrollY, document.documentElement.scrollHeight]);
  const before = await place();
  expect(before[0]).toBeGreaterThan(0);
  const again = await hold(reader, "**/api/fetch_thread?**");
  await ben.request.post("/api/delete_comment", { form: { comment: comments[0] } });
  await expect.poll(again.asked).toBeGreaterThan(0);
  await expect(comment(reader, goes)).toBeHidden();
  await expect(reader.getByTestId("failed")).toHaveCount(0);
  expect(await place(), "nothing has moved").toEqual(before);
  await again.letGo();
  await expect(comment(reader, goes)).toHaveCount(0);
  await expect(comment(reader, stay.at(-1)!)).toBeInViewport();
  await expect(link).toBeFocused();
});

test("the feed's posts, likes and comments move", async ({ browse }) => {
  const [ben, visitor] = [await browse("ben"), await browse("visitor")];
  await open(visitor, "/community");
  await open(ben, "/community");
  const id = await post(ben, unique("Who is awake?"));
  await expect(card(visitor, id)).toBeVisible();
  await expect(card(visitor, id).getByTestId("like-count")).toHaveText("0");
  await card(ben, id).getByTestId("like-button").click();
  await expect(card(visitor, id).getByTestId("like-count")).toHaveText("1");
  await open(visitor, `/community/${id}`);
  const text = unique("I am.");
  await ben.request.post("/api/add_comment", { form: { post: id, text } });
  await expect(comment(visitor, text)).toBeVisible();
});

test("the tabs of one browser share one line, and follow each other at once", async ({ browse }) => {
  const first = await browse("ada");
  await savingData(first);
  const lines = await new Lines().watch(first.context());
  const story = await importStory(first, unique("Two tabs"), true);
  await open(first, chapterPage(story.id, story.chapters[0]));
  await expect.poll(() => lines.asked.some((asked) => asked.includes(story.chapters[0]))).toBe(true);
  const second = await first.context().newPage();
  await open(second, chapterPage(story.id, story.chapters[1]));
  // The first tab, which leads, says what the second holds.
  await expect.poll(() => lines.asked.some((asked) => asked.includes(story.chapters[1]))).toBe(true);
  expect(lines.made).toBe(1);

  const text = await write(second, story.id, story.scenes[0], "Steam.");
  await expect(first.getByTestId("prose")).toContainText(text);
  expect(lines.made).toBe(1);

  // The one that leads goes, and the other takes its place.
  await first.close();
  await expect.poll(() => lines.made).toBe(2);
  await open(second, chapterPage(story.id, story.chapters[0]));
  const visitor = await browse("ben");
  const id = await postByRequest(visitor, unique("Still there?"));
  await open(second, `/community/${id}`);
  await visitor.request.post("/api/add_comment", { form: { post: id, text: "Still here." } });
  await expect(comment(second, "Still here.")).toBeVisible();
});

test("who was cut off says so quietly, and catches up asking only about what it holds", async ({ browse, quiet }) => {
  quiet.excuse(/WebSocket/);
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const lines = await new Lines().watch(reader.context());
  await savingData(reader);
  const story = await importStory(author, unique("Asleep"), true);
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await expect.poll(() => lines.asked.length).toBeGreaterThan(0);
  await lines.break();
  await expect(reader.getByTestId("offline")).toContainText("Not connected");
  const text = await write(author, story.id, story.scenes[0], "The kettle whistled.");
  const before = lines.asked.length;
  lines.mend();
  await expect(reader.getByTestId("prose")).toContainText(text, { timeout: 20_000 });
  // The text may have come by asking; the line itself is tried again after a pause.
  await expect(reader.getByTestId("offline")).toHaveCount(0, { timeout: 20_000 });
  const asked = JSON.parse(lines.asked[before]);
  expect(asked.tags).toContainEqual({ chapter: story.chapters[0] });
  expect(JSON.stringify(asked.tags)).not.toContain(story.chapters[1]);
});

test("a draft is told to nobody else", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, other] = [await browse("ada"), await browse("ben")];
  const [hers, his] = [await new Lines().watch(author.context()), await new Lines().watch(other.context())];
  const story = await importStory(author, unique("Not yet"), true);
  await open(other, chapterPage(story.id, story.chapters[0]));
  await expect.poll(() => his.asked.some((asked) => asked.includes(story.chapters[0]))).toBe(true);
  await author.request.post("/api/unpublish_story", { form: { story: story.id } });
  await expect.poll(() => his.said.some((said) => said.includes('"evict"'))).toBe(true);
  // He looks for what is gone, in case it comes back: of the withdrawal he may be told once more.
  const rows = (said: string) => [...said.matchAll(/(?:"seq":|\[)(\d+),/g)].map((row) => Number(row[1]));
  const so_far = his.said.length;
  const withdrawn = Math.max(...his.said.filter((said) => said.includes('"evict"')).flatMap(rows));
  expect(withdrawn).toBeGreaterThan(0);
  await write(author, story.id, story.scenes[0], "Between us.");
  await expect.poll(() => hers.said.some((said) => said.includes(story.scenes[0]))).toBe(true);
  const told = his.said.slice(so_far).filter((said) => said.includes(story.id) || said.includes(story.chapters[0]));
  expect(told.filter((said) => rows(said).some((row) => row > withdrawn))).toEqual([]);
});
