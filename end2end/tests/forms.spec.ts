// Every form keeps what is typed in it, and sends it once.
import { Editor } from "./support/editor.ts";
import { comment, postByRequest } from "./support/talk.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { expect, open, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const postForm = (page: Page) => page.getByTestId("post-form");
const commentForm = (page: Page) => page.getByTestId("comment-form").first();
const kept = (page: Page) => page.getByTestId("kept");

/** What is typed is written a moment later. */
async function untilKept(page: Page, words: string) {
  await expect
    .poll(() => page.evaluate((words) => Object.values(localStorage).some((text) => text.includes(words)), words))
    .toBe(true);
}

test("a double click sends once", async ({ browse }) => {
  const author = await browse("ada");
  await open(author, "/community");
  const text = unique("Said once.");
  await postForm(author).locator("textarea").fill(text);
  await postForm(author).getByRole("button", { name: "Post" }).dblclick();
  await expect(postForm(author).locator("textarea")).toHaveValue("");
  await reload(author);
  await expect(author.getByTestId("post").filter({ hasText: text })).toHaveCount(1);

  await open(author, `/community/${await postByRequest(author, unique("What is said twice?"))}`);
  await commentForm(author).locator("textarea").fill(text);
  await author.getByRole("button", { name: "Comment", exact: true }).dblclick();
  await expect(commentForm(author).locator("textarea")).toHaveValue("");
  await reload(author);
  await expect(comment(author, text)).toHaveCount(1);

  const story = await importStory(author, unique("Twice"));
  await new Editor(author, story.id).open();
  await author.locator("#new-character-name").fill("Mrs Owl");
  await author.getByTestId("add-character").dblclick();
  await expect(author.locator("#new-character-name")).toHaveValue("");
  await reload(author);
  await expect(author.getByTestId("character")).toHaveCount(1);

  await open(author, "/studio");
  const title = unique("Begun once");
  await author.getByLabel("Title").fill(title);
  await author.getByTestId("create-story").dblclick();
  await author.waitForURL("**/studio/edit/story/*");
  await open(author, "/studio");
  await expect(author.getByText(title)).toHaveCount(1);
});

test("two requests at once with one key make one post", async ({ browse }) => {
  const author = await browse("ada");
  const text = unique("Sent twice.");
  const send = () =>
    author.request.post("/api/create_post", { form: { text }, headers: { "Idempotency-Key": `"${text}"` } });
  const answers = await Promise.all([send(), send()]);
  const [first, second] = await Promise.all(answers.map((answer) => answer.json()));
  expect(first).toEqual(second);
  await open(author, "/community");
  await expect(author.getByTestId("post").filter({ hasText: text })).toHaveCount(1);
});

test("an answer that is lost on its way makes no second post", async ({ browse, quiet }) => {
  quiet.excuse(/Failed to load resource|ERR_FAILED/);
  const author = await browse("ada");
  await open(author, "/community");
  const text = unique("Lost on its way.");
  await author.route("**/api/create_post*", async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await postForm(author).locator("textarea").fill(text);
  await postForm(author).getByRole("button", { name: "Post" }).click();
  await expect(author.getByTestId("form-error")).toBeVisible();
  await postForm(author).getByRole("button", { name: "Post" }).click();
  await expect(postForm(author).locator("textarea")).toHaveValue("");
  await reload(author);
  await expect(author.getByTestId("post").filter({ hasText: text })).toHaveCount(1);
});

test("a comment that is typed is there after a reload, and after going elsewhere", async ({ browse }) => {
  const author = await browse("ben");
  await open(author, `/community/${await postByRequest(author, unique("What did you want to say?"))}`);
  const text = unique("I was about to say");
  await commentForm(author).locator("textarea").fill(text);
  await untilKept(author, text);
  await reload(author);
  await expect(commentForm(author).locator("textarea")).toHaveValue(text);
  await expect(kept(author)).toContainText("What you typed is here again");

  await author.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Community" }).click();
  await expect(postForm(author)).toBeVisible();
  await author.goBack();
  await expect(commentForm(author).locator("textarea")).toHaveValue(text);

  await author.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(comment(author, text)).toBeVisible();
  await expect(kept(author)).toHaveCount(0);
  await reload(author);
  await expect(commentForm(author).locator("textarea")).toHaveValue("");
});

test("a reply and a change that were typed open again", async ({ browse }) => {
  const author = await browse("ben");
  const post = await postByRequest(author, unique("Who answers?"));
  await author.request.post("/api/add_comment", { form: { post, text: "Nobody." } });
  await open(author, `/community/${post}`);
  const [reply, change] = [unique("Somebody"), unique("Nobody yet")];
  await comment(author, "Nobody.").getByTestId("reply").click();
  await author.getByRole("textbox", { name: "Reply to" }).fill(reply);
  await untilKept(author, reply);
  await author.getByTestId("edit-comment").click();
  await author.getByTestId("edit-comment-form").locator("textarea").fill(change);
  await untilKept(author, change);
  await reload(author);
  await expect(author.getByRole("textbox", { name: "Reply to" })).toHaveValue(reply);
  await expect(author.getByTestId("edit-comment-form").locator("textarea")).toHaveValue(change);

  await author.getByTestId("edit-comment-form").getByRole("button", { name: "Cancel" }).click();
  await author.getByTestId("comment-form").first().getByRole("button", { name: "Discard" }).click();
  await reload(author);
  await expect(author.getByTestId("edit-comment-form")).toHaveCount(0);
  await expect(author.getByRole("textbox", { name: "Reply to" })).toHaveCount(0);
});

test("a character's notes are there after another scene was opened", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("Notes"));
  const editor = new Editor(author, story.id);
  await editor.open();
  const notes = unique("Afraid of moths");
  await author.locator("#new-character-name").fill("Mrs Owl");
  await author.locator("#new-character-text").fill(notes);
  await untilKept(author, notes);
  await editor.nodes("scene").first().click();
  await expect(editor.content).toBeVisible();
  await editor.open();
  await expect(author.locator("#new-character-text")).toHaveValue(notes);
  await author.getByTestId("add-character").click();
  const character = author.getByTestId("character");
  await expect(character).toContainText(notes);

  const changed = unique("Not any more");
  await character.getByRole("button", { name: "Edit" }).click();
  await character.locator("textarea").fill(changed);
  await untilKept(author, changed);
  await reload(author);
  await expect(character.locator("textarea")).toHaveValue(changed);
  await character.getByRole("button", { name: "Save character" }).click();
  await expect(character).toContainText(changed);
});

test("what was typed days ago says on which day", async ({ browse, quiet }) => {
  quiet.excuse(/Failed to load resource/);
  const author = await browse("ada");
  // It never reached the server, which would keep it with the time of that.
  await author.route("**/api/keep_working_copy*", (keeping) => keeping.abort());
  const story = await importStory(author, unique("Days"));
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[0]);
  const text = unique("Typed long ago.");
  await editor.content.fill(text);
  await untilKept(author, text);
  await author.evaluate(() => {
    // A page that is left sends what is typed: not this one.
    for (const name of ["pagehide", "visibilitychange", "beforeunload"]) {
      window.addEventListener(name, (event) => event.stopImmediatePropagation(), true);
    }
    for (const [name, text] of Object.entries(localStorage)) {
      if (!name.startsWith("quire-draft-")) continue;
      const draft = JSON.parse(text);
      localStorage.setItem(name, JSON.stringify({ ...draft, at: draft.at - 3 * 24 * 60 * 60 * 1000 }));
    }
  });
  await editor.open("scene", story.scenes[0]);
  const day = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000).toLocaleDateString("en", { weekday: "long" });
  await expect(editor.recovered).toContainText(`${day}, `);
});

test("who was signed out meanwhile signs in and goes on", async ({ browse, quiet }) => {
  quiet.excuse(/status of 401/);
  const author = await browse("visitor");
  const account = { name: "Sam", email: `${unique("sam").replaceAll(" ", "-")}@quire.example`, password: "a very long password", role: "reader" };
  await author.request.post("/api/register", { form: account });
  await open(author, "/community");
  const text = unique("I was away.");
  await postForm(author).locator("textarea").fill(text);
  await author.context().clearCookies();
  await postForm(author).getByRole("button", { name: "Post" }).click();
  await expect(author.getByTestId("form-error")).toContainText("Please sign in");
  await author.getByRole("link", { name: "Sign in and come back" }).click();
  await author.getByLabel("E-mail address").fill(account.email);
  await author.getByLabel("Password").fill(account.password);
  await author.getByRole("button", { name: "Sign in" }).click();
  await author.waitForURL("**/community");
  await expect(postForm(author).locator("textarea")).toHaveValue(text);
  await postForm(author).getByRole("button", { name: "Post" }).click();
  await expect(author.getByTestId("post").filter({ hasText: text })).toBeVisible();
});

test("a story is not published without text that was not saved, untold", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("Unsaved"));
  const editor = new Editor(author, story.id);
  const text = unique("Not saved yet.");
  await editor.open("scene", story.scenes[0]);
  await editor.content.fill(text);
  await untilKept(author, text);
  const dialog = author.locator("dialog[open]");
  for (const path of ["/publish", `/studio/edit/story/${story.id}`]) {
    await open(author, path);
    const publish = author.getByTestId("publish-button");
    const row = author.locator(`[data-story-id="${story.id}"]`);
    await (path === "/publish" ? row.getByTestId("publish-button") : publish).click();
    await expect(dialog).toContainText("isn’t saved yet");
    if (path === "/publish") await dialog.locator("button[value=no]").click();
  }
  expect((await author.request.get(titlePage(story.id))).status(), "nothing is out before the answer").toBe(404);
  await dialog.getByTestId("confirm").click();
  await expect(author.getByTestId("unpublish-button")).toBeVisible();
  await open(author, chapterPage(story.id, story.chapters[0]));
  await expect(author.locator("main")).toContainText(text);
});
