// The whole way of one edit, in ten steps, from the writer's keyboard to everybody's screen. What the caches
// did on the way is read from /debug/cache.
import { asOf, figure, held, logRow, step } from "./support/cache-page.ts";
import { Editor } from "./support/editor.ts";
import { follow, lookAtCaches } from "./support/going.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { recordOf, timestamp } from "./support/storage.ts";
import { post } from "./support/talk.ts";
import { expect, open, reload, test } from "./support/test.ts";

test("an edit, from the writer to the reader to the community", async ({ browse }) => {
  const [writer, reader, manager] = [await browse("ben"), await browse("visitor"), await browse("mira")];
  const title = unique("The whole way");
  const story = await importStory(writer, title, true);
  const chapter = chapterPage(story.id, story.chapters[0]);

  // Before: a reader has the chapter open, the writer has read it, and a manager looks at the caches.
  await open(reader, titlePage(story.id));
  await follow(reader, reader.getByTestId("chapter-link").first(), `**${chapter}`);
  await open(writer, chapter);
  const readByWriter = await recordOf(writer, "reading-page", story.chapters[0]);
  await open(manager, "/debug/cache");
  await expect(manager.getByTestId("log-row").first()).toBeVisible();
  const before = await figure(manager, "memory", "Invalidations");

  let seq = 0;
  const editor = new Editor(writer, story.id);
  const text = unique("The kettle was never there.");

  await test.step("1: the writer edits a scene", async () => {
    await open(writer, "/studio");
    await follow(writer, writer.locator(`[data-story-id="${story.id}"] a`), `**/studio/edit/story/${story.id}`);
    await follow(writer, editor.nodes("scene").first(), /scene=/);
    await editor.content.fill(text);
  });

  const asked: string[] = [];
  writer.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const readerAsks = reader.waitForResponse("**/api/fetch_reading_page*");

  await test.step("2: and saves it", async () => {
    const answer = await editor.save("scene");
    const headers = await answer.allHeaders();
    expect(headers["x-cache-invalidate"].split(",")).toEqual(["writing", "reading", "publish"]);
    expect(headers["x-cache-invalidate-keys"]).toContain(`scene:${story.scenes[0]}`);
    const changed = await answer.json();
    seq = changed.record.seq;
    // What the writer has on screen came along: one round trip.
    const keys = changed.fresh.map((fresh: { key: string }) => fresh.key);
    expect(keys).toContainEqual(expect.stringContaining(`scene-draft.3?viewer=`));
  });

  await test.step("3: the node's tiers let go of the old text", async () => {
    const row = logRow(manager, seq);
    await expect(row).toContainText("Scene saved");
    await expect(row).toContainText(`scene:${story.scenes[0]}`);
    await expect(step(row, "This node")).toHaveAttribute("data-state", "done");
    // It moves; where to is not certain, since another test may have the same node count anew meanwhile.
    await expect.poll(() => figure(manager, "memory", "Invalidations")).not.toBe(before);
  });

  await test.step("4: so did the writer's localStorage", async () => {
    expect(await timestamp(writer, readByWriter)).toBe("0");
    await lookAtCaches(writer);
    // What is marked old is of no use to a new document.
    await expect(held(writer, "scene-draft", story.scenes[0])).toBeVisible();
    await expect(held(writer, "reading-page", story.chapters[0])).toHaveCount(0);
    expect(await figure(writer, "localstorage", "Invalidations")).toBeGreaterThan(0);
  });

  await test.step("5: and what is on screen, without a second question", async () => {
    expect(await figure(writer, "signals", "Invalidations")).toBeGreaterThan(0);
    const row = held(writer, "scene-draft", story.scenes[0]);
    await expect(row).toContainText("fresh");
    expect(await asOf(row)).toBeGreaterThanOrEqual(seq);
    expect(asked).toContain("/api/save_scene");
    expect(asked).not.toContain("/api/fetch_scene");
    await expect(step(logRow(writer, seq), "This browser")).toHaveAttribute("data-state", "done");
  });

  await test.step("6: the writer loads the page again", async () => {
    await writer.goBack();
    await reload(writer);
  });

  await test.step("7: which has the new text", async () => {
    await expect(editor.content).toHaveValue(text);
  });

  await test.step("8: the reader sees it", async () => {
    expect((await readerAsks).ok()).toBe(true);
    await expect(reader.getByTestId("prose")).toContainText(text);
  });

  await test.step("9: because the reader's cache was told while the chapter was open", async () => {
    await lookAtCaches(reader);
    const row = held(reader, "reading-page", story.chapters[0]);
    await expect(row).toContainText("fresh");
    expect(await asOf(row)).toBeGreaterThanOrEqual(seq);
    expect(await figure(reader, "signals", "Invalidations")).toBeGreaterThan(0);
    // And what it holds answers the way back.
    await reader.goBack();
    await expect(reader.getByTestId("prose")).toContainText(text);
  });

  await test.step("10: the community sees it, with its figures", async () => {
    await open(manager, titlePage(story.id));
    const like = manager.getByTestId("like-button").first();
    const liked = manager.waitForResponse("**/api/like_story");
    await like.click();
    await expect(like).toHaveAttribute("aria-pressed", "true");
    await liked;
    const id = await post(manager, unique("I liked the kettle."));
    await open(reader, `/community?about=${story.id}`);
    await expect(reader.locator(`[data-post-id="${id}"]`)).toContainText(title);
    await open(reader, titlePage(story.id));
    await expect(reader.getByTestId("like-count").first()).toHaveText("1");
    await expect(reader.locator(".title-facts")).toContainText("words");
  });
});
