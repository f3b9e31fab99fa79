// The whole way of one edit, from the writer's keyboard to everybody's screen.
import { Editor } from "./support/editor.ts";
import { follow } from "./support/going.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { recordOf, records } from "./support/storage.ts";
import { post } from "./support/talk.ts";
import { expect, open, reload, test } from "./support/test.ts";

test("an edit, from the writer to the reader to the community", async ({ browse }) => {
  const [writer, reader, manager] = [await browse("ben"), await browse("visitor"), await browse("mira")];
  const title = unique("The whole way");
  const story = await importStory(writer, title, true);
  await open(reader, titlePage(story.id));
  await follow(reader, reader.getByTestId("chapter-link").first(), `**${chapterPage(story.id, story.chapters[0])}`);

  // From a card in the studio to a scene.
  await open(writer, "/studio");
  await follow(writer, writer.locator(`[data-story-id="${story.id}"] a`), `**/studio/edit/story/${story.id}`);
  const editor = new Editor(writer, story.id);
  await follow(writer, editor.nodes("scene").first(), /scene=/);
  const text = unique("The kettle was never there.");
  await editor.content.fill(text);
  const headers = await (await editor.save("scene")).allHeaders();
  expect(headers["x-cache-invalidate"]).toContain("writing");

  // The node let go of the old text, and so did the writer's browser.
  await open(manager, "/debug/cache");
  await expect(manager.getByTestId("cache-event").filter({ hasText: /invalidation/i }).first()).toBeVisible();
  const record = await recordOf(writer, "scene-draft", story.scenes[0]);
  await expect.poll(async () => (await records(writer))[record]).toContain(text);
  await reload(writer);
  await expect(editor.content).toHaveValue(text);

  // The reader goes to the contents and back, and likes what is there now.
  await reader.waitForTimeout(1_200);
  await follow(reader, reader.getByRole("link", { name: "Contents" }), `**${titlePage(story.id)}`);
  await follow(reader, reader.getByTestId("chapter-link").first(), `**${chapterPage(story.id, story.chapters[0])}`);
  await expect(reader.getByTestId("prose")).toContainText(text);
  await open(manager, titlePage(story.id));
  const like = manager.getByTestId("like-button").first();
  const liked = manager.waitForResponse("**/api/like_story");
  await like.click();
  await expect(like).toHaveAttribute("aria-pressed", "true");
  await liked;
  const id = await post(manager, unique("I liked the kettle."));

  // The community sees it, with its figures.
  await open(reader, `/community?about=${story.id}`);
  await expect(reader.locator(`[data-post-id="${id}"]`)).toContainText(title);
  await open(reader, titlePage(story.id));
  await expect(reader.getByTestId("like-count").first()).toHaveText("1");
  await expect(reader.locator(".title-facts")).toContainText("words");
});
