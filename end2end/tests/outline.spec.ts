// The tree of a story: add, rename, put in another place, delete.
import { Editor } from "./support/editor.ts";
import { importStory, titlePage, unique } from "./support/stories.ts";
import { expect, open, reload, test } from "./support/test.ts";

test("a story grows part by part, chapter by chapter, scene by scene", async ({ browse }) => {
  const author = await browse("ben");
  await open(author, "/studio");
  const title = unique("A new story");
  const form = author.getByTestId("new-story");
  await form.getByLabel("Title").fill(title);
  await form.getByTestId("create-story").click();
  await author.waitForURL("**/studio/edit/story/*");
  const editor = new Editor(author, author.url().split("/").pop()!);
  await expect(author.getByRole("heading", { name: title })).toBeVisible();

  const [parts, chapters, scenes] = [editor.nodes("part"), editor.nodes("chapter"), editor.nodes("scene")];
  const before = [await parts.count(), await chapters.count(), await scenes.count()];
  await author.getByTestId("add-part").click();
  await expect(parts).toHaveCount(before[0] + 1);
  await editor.title.fill("Part the last");
  await editor.save("part");
  await expect(parts.last()).toContainText("Part the last");

  await editor.choose(parts.last(), "add-chapter");
  await expect(chapters).toHaveCount(before[1] + 1);
  await author.waitForURL(/chapter=/);
  await editor.title.fill("A chapter at the end");
  await editor.save("chapter");
  await expect(chapters.last()).toContainText("A chapter at the end");

  await expect(scenes, "a new chapter has a scene").toHaveCount(before[2] + 1);
  await editor.choose(chapters.last(), "add-scene");
  await expect(scenes).toHaveCount(before[2] + 2);
  await author.waitForURL(/scene=/);
  await editor.content.fill("And so they went home.");
  await editor.save("scene");

  await reload(author);
  await expect(editor.content).toHaveValue("And so they went home.");
  await expect(parts).toHaveCount(before[0] + 1);
  await expect(chapters.last()).toContainText("A chapter at the end");
});

test("chapters change places, and readers see the new order", async ({ browse }) => {
  const [author, visitor] = [await browse("ben"), await browse("visitor")];
  const story = await importStory(author, unique("Two chapters"), true);
  await open(visitor, titlePage(story.id));
  await expect(visitor.getByTestId("chapter-link")).toContainText(["Morning", "Evening"]);
  const editor = new Editor(author, story.id);
  await editor.open();

  await editor.choose(editor.nodes("chapter").first(), "move-down");
  await expect(editor.nodes("chapter")).toContainText(["Evening", "Morning"]);
  await open(visitor, titlePage(story.id));
  await expect(visitor.getByTestId("chapter-link")).toContainText(["Evening", "Morning"]);

  await editor.choose(editor.nodes("chapter").last(), "move-up");
  await expect(editor.nodes("chapter")).toContainText(["Morning", "Evening"]);
  await reload(author);
  await expect(editor.nodes("chapter")).toContainText(["Morning", "Evening"]);
});

test("a scene moves into the next chapter", async ({ browse }) => {
  const author = await browse("ben");
  const story = await importStory(author, unique("A scene moves"));
  const editor = new Editor(author, story.id);
  await editor.open();
  const second = author.locator(`[data-scene-id="${story.scenes[1]}"]`);
  await editor.choose(second, "move-down");
  const evening = author.locator("li", { has: author.locator(`> .outline-row [data-chapter-id="${story.chapters[1]}"]`) });
  await expect(evening.getByTestId("scene-node")).toHaveCount(2);
  await expect(evening.getByTestId("scene-node").first()).toHaveAttribute("data-scene-id", story.scenes[1]);
});

test("deleting asks first; then it is gone for readers too", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, visitor] = [await browse("ben"), await browse("visitor")];
  const story = await importStory(author, unique("Something goes"), true);
  await open(visitor, `${titlePage(story.id)}/${story.chapters[1]}`);
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[2]);

  await editor.choose(editor.nodes("chapter").last(), "delete-node");
  await editor.answer("no");
  await expect(editor.nodes("chapter")).toHaveCount(2);
  await editor.choose(editor.nodes("chapter").last(), "delete-node");
  await editor.answer("yes");
  await expect(editor.nodes("chapter")).toHaveCount(1);
  await expect(editor.content).toHaveCount(0);

  const answer = await visitor.goto(`${titlePage(story.id)}/${story.chapters[1]}`);
  expect(answer!.status()).toBe(404);
  await open(visitor, titlePage(story.id));
  await expect(visitor.getByTestId("chapter-link")).toHaveCount(1);
});

test("a deleted story is gone from the studio and from its catalogue", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, visitor] = [await browse("ben"), await browse("visitor")];
  const story = await importStory(author, unique("A story goes"), true);
  const editor = new Editor(author, story.id);
  await editor.open();
  await author.getByTestId("delete-story").click();
  await editor.answer("yes");
  await author.waitForURL("**/studio");
  await expect(author.locator(`[data-story-id="${story.id}"]`)).toHaveCount(0);
  await open(visitor, "/novels");
  await expect(visitor.locator(`[data-story-id="${story.id}"]`)).toHaveCount(0);
  expect((await visitor.goto(titlePage(story.id)))!.status()).toBe(404);
});

test("a chapter and a part are renamed where they stand, by mouse and by keyboard", async ({ browse }) => {
  const author = await browse("ben");
  const story = await importStory(author, unique("Other names"));
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[0]);
  const [part, chapter] = [editor.nodes("part").first(), editor.nodes("chapter").first()];
  const field = author.getByTestId("rename-form").getByRole("textbox");

  await editor.choose(chapter, "rename-node");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("Morning");
  await field.fill("Noon");
  await author.getByTestId("rename-form").getByRole("button", { name: "Rename" }).click();
  await expect(chapter).toContainText("Noon");
  await expect(chapter).toBeFocused();

  // F2 begins, Escape leaves it as it was, Enter saves.
  await author.keyboard.press("F2");
  await author.keyboard.type("Midnight");
  await author.keyboard.press("Escape");
  await expect(chapter).toContainText("Noon");
  await expect(chapter).toBeFocused();
  await part.focus();
  await author.keyboard.press("F2");
  await expect(field).toBeFocused();
  await author.keyboard.type("The one day");
  await author.keyboard.press("Enter");
  await expect(part).toContainText("The one day");
  await expect(part).toBeFocused();

  // What is open in the editor is renamed there.
  await chapter.click();
  await author.waitForURL(/chapter=/);
  await chapter.press("F2");
  await expect(editor.title).toBeFocused();
  await reload(author);
  await expect(editor.title).toHaveValue("Noon");
  await expect(part).toContainText("The one day");
});
