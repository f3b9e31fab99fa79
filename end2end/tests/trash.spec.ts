// What an author deletes is in the trash for 30 days, and comes back to its place.
import { Editor } from "./support/editor.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const item = (page: Page, kind: string, id: string) => page.locator(`[data-what="${kind}:${id}"]`);

async function deleteByRequest(page: Page, kind: string, id: string) {
  const sent = kind === "story" ? { form: { [kind]: id } } : { data: { [kind]: id } };
  expect((await page.request.post(`/api/delete_${kind}`, sent)).ok()).toBe(true);
}

for (const what of ["scene", "chapter", "part"] as const) {
  test(`a ${what} is deleted, and Undo brings it back to its place with its text`, async ({ browse }) => {
    const author = await browse("ada");
    const story = await importStory(author, unique("Deleted too soon"));
    const editor = new Editor(author, story.id);
    await editor.open();
    // The other chapter's only scene has no row of its own.
    await expect(editor.nodes("scene")).toHaveCount(2);
    const rows = author.getByRole("treeitem");
    const before = await rows.allTextContents();
    await editor.choose(editor.nodes(what).first(), "delete-node");
    await expect(author.locator("dialog[open]")).toContainText("from the trash for 30 days");
    await editor.answer("yes");
    await expect(editor.nodes("scene")).toHaveCount(0);
    await expect(author.getByTestId("toast")).toContainText(`The ${what} is in the trash.`);
    await author.getByTestId("undo").click();
    await expect(rows).toHaveText(before);
    await editor.open("scene", story.scenes[0]);
    await expect(editor.content).toHaveValue("The kettle sang in an empty kitchen.");
  });
}

test("a story is deleted, and Undo brings it back to the studio with all that is in it", async ({ browse, quiet }) => {
  // The open editor asks once more for what it has just thrown away.
  quiet.excuse(/status of 404 .*\/api\/fetch_(manuscript|cast)\?/);
  const author = await browse("ada");
  const story = await importStory(author, unique("A story too soon"));
  const editor = new Editor(author, story.id);
  await editor.open();
  const rows = author.getByRole("treeitem");
  const before = await rows.allTextContents();
  await author.getByTestId("delete-story").click();
  await editor.answer("yes");
  await author.waitForURL("**/studio");
  const card = author.locator(`[data-story-id="${story.id}"]`);
  await expect(author.getByTestId("toast")).toContainText("The story is in the trash.");
  await expect(card).toHaveCount(0);
  await author.getByTestId("undo").click();
  await card.locator(".story-card-link").click();
  await expect(rows).toHaveText(before);
  await editor.open("scene", story.scenes[2]);
  await expect(editor.content).toHaveValue("The door was still open.");
});

test("a chapter of a published story comes back from the trash as a draft", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("A chapter less"), true);
  await deleteByRequest(author, "chapter", story.chapters[1]);
  await open(author, "/studio");
  await author.getByTestId("trash-link").click();
  const row = item(author, "chapter", story.chapters[1]);
  await expect(row).toContainText("Evening");
  await expect(row.getByTestId("days-left")).toContainText("30 days left");
  await row.getByTestId("restore").click();
  await expect(author.getByTestId("toast")).toContainText("It is a draft");
  await expect(row).toHaveCount(0);
  expect((await visitor.goto(chapterPage(story.id, story.chapters[1])))!.status()).toBe(404);
  const editor = new Editor(author, story.id);
  await editor.open("chapter", story.chapters[1]);
  await expect(editor.nodes("chapter").last()).toContainText("Draft");
});

test("a story comes back with what readers said of it", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, reader] = [await browse("ada"), await browse("ben")];
  const story = await importStory(author, unique("A whole story"), true);
  expect((await reader.request.post("/api/like_story", { form: { story: story.id, liked: "true" } })).ok()).toBe(true);
  await open(reader, titlePage(story.id));
  const editor = new Editor(author, story.id);
  await editor.open();
  await author.getByTestId("delete-story").click();
  await editor.answer("yes");
  await author.waitForURL("**/studio");
  await expect(reader.getByTestId("failed")).toBeVisible();
  await open(author, "/studio/trash");
  await item(author, "story", story.id).getByTestId("restore").click();
  await expect(author.getByTestId("toast").last()).toContainText("It is a draft");
  expect((await reader.goto(titlePage(story.id)))!.status()).toBe(404);
  const publish = { story: story.id, "chapters[0]": story.chapters[0] };
  expect((await author.request.post("/api/publish_story", { form: publish })).ok()).toBe(true);
  await open(reader, titlePage(story.id));
  await expect(reader.getByTestId("like-button").first()).toHaveAttribute("aria-pressed", "true");
});

test("what is deleted for good is asked for twice, and is gone", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("For good"));
  await deleteByRequest(author, "scene", story.scenes[0]);
  await open(author, "/studio/trash");
  const row = item(author, "scene", story.scenes[0]);
  await row.getByTestId("delete-for-good").click();
  await author.locator("dialog[open]").getByTestId("confirm").click();
  await expect(author.locator("dialog[open]")).toContainText("Are you sure?");
  await expect(row).toHaveCount(1);
  await author.locator("dialog[open]").getByTestId("confirm").click();
  await expect(author.getByTestId("toast")).toContainText("Deleted for good");
  await expect(row).toHaveCount(0);
});

test("what belongs to a deleted story says that the story comes first", async ({ browse, quiet }) => {
  quiet.excuse(/status of 422/);
  const author = await browse("ada");
  const story = await importStory(author, unique("First things first"));
  await deleteByRequest(author, "scene", story.scenes[0]);
  await deleteByRequest(author, "story", story.id);
  await open(author, "/studio/trash");
  await item(author, "scene", story.scenes[0]).getByTestId("restore").click();
  await expect(author.getByTestId("toast")).toContainText("Restore the story first");
  await item(author, "story", story.id).getByTestId("restore").click();
  await expect(item(author, "story", story.id)).toHaveCount(0);
  await item(author, "scene", story.scenes[0]).getByTestId("restore").click();
  await expect(item(author, "scene", story.scenes[0])).toHaveCount(0);
});

for (const kind of ["character", "setting"]) {
  test(`a ${kind} comes back`, async ({ browse }) => {
    const author = await browse("ada");
    const story = await importStory(author, unique("Without an owl"));
    const json = { story: story.id, kind, name: "The owlery", description: "Sharp." };
    expect((await author.request.post("/api/add_cast_member", { data: json })).ok()).toBe(true);
    const editor = new Editor(author, story.id);
    await editor.open();
    const owls = author.getByTestId(kind);
    await owls.getByRole("button", { name: "Delete" }).click();
    await editor.answer("yes");
    await expect(owls).toHaveCount(0);
    await expect(author.getByTestId("toast")).toContainText(`The ${kind} is in the trash.`);
    await author.getByTestId("undo").click();
    await expect(owls).toContainText("The owlery");
    await expect(owls).toContainText("Sharp.");
  });
}

test("something comes back without a script", async ({ browse }) => {
  const author = await browse("ada", { javaScriptEnabled: false });
  const story = await importStory(author, unique("Plain trash"));
  await deleteByRequest(author, "scene", story.scenes[0]);
  await author.goto("/studio/trash");
  const row = item(author, "scene", story.scenes[0]);
  await expect(row).toContainText("Kept until");
  await row.getByTestId("restore").click();
  await expect(row).toHaveCount(0);
});

test("nobody else sees it", async ({ browse }) => {
  const [ada, ben] = [await browse("ada"), await browse("ben")];
  const story = await importStory(ada, unique("Ada’s rubbish"));
  await deleteByRequest(ada, "story", story.id);
  await open(ben, "/studio/trash");
  await expect(item(ben, "story", story.id)).toHaveCount(0);
});

for (const width of [390, 1440]) {
  test(`the trash fits at ${width} px`, async ({ browse }) => {
    const author = await browse("ada", { viewport: { width, height: 900 } });
    const story = await importStory(author, unique("A very long title that goes on and on, well beyond what a phone shows"));
    await deleteByRequest(author, "story", story.id);
    await open(author, "/studio/trash");
    await expect(item(author, "story", story.id)).toBeVisible();
    const wide = await author.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
  });
}
