// The same thing in two tabs: nobody overwrites what the other wrote, and what is gone takes no text along.
import { Editor } from "./support/editor.ts";
import { comment, postByRequest } from "./support/talk.ts";
import { importStory, unique } from "./support/stories.ts";
import { expect, open, reload, test } from "./support/test.ts";
import type { Locator, Page } from "./support/test.ts";

const refused = (page: Page) => page.getByTestId("refused-form");
const conflict = (page: Page) => page.getByTestId("conflict-panel");
const gone = (page: Page) => page.getByTestId("gone");

/** Something that can be changed: how it is opened, where it is typed, how it is sent, where it shows. */
interface Changed {
  name: string;
  make: (page: Page) => Promise<string>;
  edit: (page: Page) => Locator;
  text: (page: Page) => Locator;
  send: (page: Page) => Locator;
  shows: (page: Page) => Locator;
}

const character = (page: Page) => page.getByTestId("character");

const things: Changed[] = [
  {
    name: "post",
    make: async (page) => `/community/${await postByRequest(page, unique("First said"))}`,
    edit: (page) => page.getByTestId("edit-post"),
    text: (page) => page.getByTestId("edit-post-form").locator("textarea"),
    send: (page) => page.getByTestId("edit-post-form").getByRole("button", { name: "Save" }),
    shows: (page) => page.getByTestId("post-text"),
  },
  {
    name: "comment",
    make: async (page) => {
      const post = await postByRequest(page, unique("Who says it"));
      await page.request.post("/api/add_comment", { form: { post, text: "First said" } });
      return `/community/${post}`;
    },
    edit: (page) => page.getByTestId("edit-comment"),
    text: (page) => page.getByTestId("edit-comment-form").locator("textarea"),
    send: (page) => page.getByTestId("edit-comment-form").getByRole("button", { name: "Save" }),
    shows: (page) => page.getByTestId("comment-text"),
  },
  {
    name: "character",
    make: async (page) => {
      const story = await importStory(page, unique("Two tabs, one owl"));
      const json = { story: story.id, kind: "character", name: "Mrs Owl", description: "First said" };
      await page.request.post("/api/add_cast_member", { data: json });
      return `/studio/edit/story/${story.id}`;
    },
    edit: (page) => character(page).getByRole("button", { name: "Edit" }),
    text: (page) => character(page).locator("textarea"),
    send: (page) => character(page).getByRole("button", { name: "Save character" }),
    shows: (page) => character(page).locator(".cast-text"),
  },
];

/** Both tabs have it open; the first has saved, and the second is told so. */
async function twoTabs(first: Page, thing: Changed): Promise<Page> {
  const path = await thing.make(first);
  const second = await first.context().newPage();
  for (const tab of [first, second]) {
    await open(tab, path);
    await thing.edit(tab).click();
  }
  await thing.text(second).fill("What the second tab says.");
  await thing.text(first).fill("What the first tab says.");
  await thing.send(first).click();
  await expect(thing.shows(first)).toHaveText("What the first tab says.");
  await thing.send(second).click();
  await expect(conflict(second)).toContainText("What the first tab says.");
  await expect(conflict(second)).toContainText("What the second tab says.");
  await expect(thing.text(second)).toHaveValue("What the second tab says.");
  await expect(thing.shows(first)).toHaveText("What the first tab says.");
  return second;
}

for (const thing of things) {
  test(`the same ${thing.name} edited in two tabs: told, both texts offered; keep mine`, async ({ browse, quiet }) => {
    quiet.excuse(/status of 409/);
    const first = await browse("ada");
    const second = await twoTabs(first, thing);
    await conflict(second).getByTestId("keep-mine").click();
    await expect(thing.shows(second)).toHaveText("What the second tab says.");
    await reload(first);
    await expect(thing.shows(first)).toHaveText("What the second tab says.");
  });

  test(`the same ${thing.name} edited in two tabs: take theirs`, async ({ browse, quiet }) => {
    quiet.excuse(/status of 409/);
    const second = await twoTabs(await browse("ada"), thing);
    await conflict(second).getByTestId("take-theirs").click();
    await expect(conflict(second)).toHaveCount(0);
    await expect(thing.text(second)).toHaveValue("What the first tab says.");
    await thing.text(second).fill("What both say.");
    await thing.send(second).click();
    await expect(thing.shows(second)).toHaveText("What both say.");
  });
}

test("a change that was begun before a reload does not overwrite what was saved meanwhile", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const [post] = things;
  const tab = await browse("ada");
  const path = await post.make(tab);
  await open(tab, path);
  await post.edit(tab).click();
  await post.text(tab).fill("Begun before.");
  await expect.poll(() => tab.evaluate(() => JSON.stringify(localStorage))).toContain("Begun before.");
  const id = path.split("/").pop()!;
  const saved = await tab.request.post("/api/save_post", { form: { post: id, text: "Meanwhile.", base: "1" } });
  expect(saved.ok()).toBe(true);
  await reload(tab);
  await expect(post.text(tab)).toHaveValue("Begun before.");
  await post.send(tab).click();
  await expect(conflict(tab)).toContainText("Meanwhile.");
});

test("the same post edited in two tabs without a script", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const page = await browse("ada", { javaScriptEnabled: false });
  const id = await postByRequest(page, unique("Plain"));
  await page.goto(`/community/${id}?edit=${id}`);
  const theirs = await page.request.post("/api/save_post", { form: { post: id, text: "Theirs.", base: "1" } });
  expect(theirs.ok()).toBe(true);
  await page.getByTestId("edit-post-form").locator("textarea").fill("Mine, plainly.");
  await page.getByTestId("edit-post-form").getByRole("button", { name: "Save" }).click();
  await expect(refused(page).locator("textarea")).toHaveValue("Mine, plainly.");
  await expect(conflict(page)).toContainText("Theirs.");
  await page.getByRole("button", { name: "Keep mine" }).click();
  await page.goto(`/community/${id}`);
  await expect(page.getByTestId("post-text")).toHaveText("Mine, plainly.");
});

test("a reply stays when what it replies to is deleted elsewhere", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [ben, ada] = [await browse("ben"), await browse("ada")];
  const post = await postByRequest(ada, unique("Who stays?"));
  const added = await ada.request.post("/api/add_comment", { form: { post, text: "Not me." } });
  const id = (await added.json()).value;
  await open(ben, `/community/${post}`);
  await comment(ben, "Not me.").getByTestId("reply").click();
  const reply = ben.getByRole("textbox", { name: "Reply to" });
  const text = unique("But I was about to say");
  await reply.fill(text);
  await ada.request.post("/api/delete_comment", { form: { comment: id } });
  await expect(gone(ben)).toContainText("deleted or taken back");
  await expect(reply).toHaveValue(text);
  await reply.press("End");
  await reply.pressSequentially(", and more");
  await ben.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(ben.getByTestId("form-error")).toBeVisible();
  await expect(reply).toHaveValue(`${text}, and more`);
  await ben.getByRole("button", { name: "Post it to the thread instead" }).click();
  await expect(comment(ben, `${text}, and more`)).toBeVisible();
  await expect(gone(ben)).toHaveCount(0);
});

test("a comment stays when its post is deleted elsewhere, until it is discarded", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [ben, ada] = [await browse("ben"), await browse("ada")];
  const post = await postByRequest(ada, unique("Here today"));
  await open(ben, `/community/${post}`);
  const box = ben.getByTestId("comment-form").locator("textarea");
  const text = unique("Gone tomorrow");
  await box.fill(text);
  await ada.request.post("/api/delete_post", { form: { post } });
  await expect(gone(ben)).toBeVisible();
  await expect(box).toHaveValue(text);
  await gone(ben).getByRole("button", { name: "Copy it" }).click();
  await expect(gone(ben).getByRole("button", { name: "Copied" })).toBeVisible();
  await gone(ben).getByRole("button", { name: "Discard" }).click();
  await expect(ben.getByTestId("failed")).toBeVisible();
});

test("notes on a character stay when it is deleted elsewhere", async ({ browse }) => {
  const author = await browse("ada");
  const path = await things[2].make(author);
  await open(author, path);
  await things[2].edit(author).click();
  await things[2].text(author).fill("Much more than before.");
  const id = (await character(author).getAttribute("data-cast-id"))!;
  await author.request.post("/api/delete_cast_member", { data: { kind: "character", member: id } });
  await expect(gone(author)).toBeVisible();
  await expect(things[2].text(author)).toHaveValue("Much more than before.");
  await gone(author).getByRole("button", { name: "Discard" }).click();
  await expect(character(author)).toHaveCount(0);
});

for (const what of ["scene", "chapter", "story"] as const) {
  test(`a scene's text stays when its ${what} is deleted elsewhere, and when that comes back`, async ({ browse, quiet }) => {
    quiet.excuse(/status of 404/);
    const author = await browse("ada");
    const story = await importStory(author, unique(`Without its ${what}`));
    const editor = new Editor(author, story.id);
    await editor.open("scene", story.scenes[0]);
    await editor.content.fill("Not saved, and not lost.");
    const id = { scene: story.scenes[0], chapter: story.chapters[0], story: story.id }[what];
    const sent = what === "story" ? { form: { [what]: id } } : { data: { [what]: id } };
    expect((await author.request.post(`/api/delete_${what}`, sent)).ok()).toBe(true);
    await expect(gone(author)).toBeVisible();
    await expect(editor.content).toHaveValue("Not saved, and not lost.");
    await editor.content.press("End");
    await editor.content.pressSequentially(" Nor this.");
    await expect(editor.content).toHaveValue("Not saved, and not lost. Nor this.");
    // It comes back from the trash, and what was typed while it was gone is there again, and can be saved.
    const back = await author.request.post("/api/restore_trashed", { form: { what: `${what}:${id}` } });
    expect(back.ok(), await back.text()).toBe(true);
    await expect(gone(author)).toHaveCount(0);
    await expect(editor.content).toHaveValue("Not saved, and not lost. Nor this.");
    await editor.save("scene");
    await reload(author);
    await expect(editor.recovered).toHaveCount(0);
    await expect(editor.content).toHaveValue("Not saved, and not lost. Nor this.");
  });
}

test("a reply whose comment is gone comes back without a script, and can be said to the thread", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [ben, ada] = [await browse("ben", { javaScriptEnabled: false }), await browse("ada")];
  const post = await postByRequest(ada, unique("Plainly"));
  const added = await ada.request.post("/api/add_comment", { form: { post, text: "Not me." } });
  const id = (await added.json()).value;
  await ben.goto(`/community/${post}?reply=${id}`);
  const text = unique("A plain reply");
  await ben.getByRole("textbox", { name: "Reply to" }).fill(text);
  await ada.request.post("/api/delete_comment", { form: { comment: id } });
  await ben.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(ben.getByTestId("form-error")).toContainText("What this belongs to is not here any more");
  await expect(refused(ben).locator("textarea")).toHaveValue(text);
  await ben.getByTestId("send-again").click();
  await expect(comment(ben, text)).toBeVisible();
});
