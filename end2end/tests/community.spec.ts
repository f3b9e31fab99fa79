// What people say is there at once, for them and for everybody.
import { withoutLine } from "./support/line.ts";
import { SlowLine } from "./support/slow-line.ts";
import { card, comment, confirm, post, postByRequest } from "./support/talk.ts";
import { importStory, titlePage, unique } from "./support/stories.ts";
import { PROMPT, expect, open, reload, test } from "./support/test.ts";

test("a post is written, changed and deleted", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [author, visitor] = [await browse("ben"), await browse("visitor")];
  await open(visitor, "/community");
  await open(author, "/community");
  const text = unique("I have begun a third chapter.");
  const id = await post(author, text);
  await open(visitor, "/community");
  await expect(card(visitor, id)).toContainText(text);
  await expect(card(visitor, id).getByTestId("edit-post")).toHaveCount(0);

  const changed = unique("I have thrown the third chapter away.");
  await card(author, id).getByTestId("edit-post").click();
  await card(author, id).locator("textarea").fill(changed);
  await card(author, id).getByRole("button", { name: "Save" }).click();
  await expect(card(author, id).getByTestId("post-text")).toHaveText(changed);
  await reload(author);
  await expect(card(author, id)).toContainText(changed);
  await open(visitor, `/community/${id}`);
  await expect(card(visitor, id)).toContainText(changed);
  await expect(card(visitor, id)).toContainText("edited");

  await card(author, id).getByTestId("delete-post").click();
  await confirm(author);
  await expect(card(author, id)).toHaveCount(0);
  await open(visitor, "/community");
  await expect(card(visitor, id)).toHaveCount(0);
  expect((await visitor.goto(`/community/${id}`))!.status()).toBe(404);
});

test("a comment is written, answered, changed and deleted", async ({ browse }) => {
  const [ben, ada, visitor] = [await browse("ben"), await browse("ada"), await browse("visitor")];
  const id = await postByRequest(ben, unique("What do you read on trains?"));
  await open(ben, `/community/${id}`);
  await open(ada, `/community/${id}`);
  await open(visitor, `/community/${id}`);

  await ada.getByTestId("comment-form").locator("textarea").fill("Timetables.");
  await ada.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(comment(ada, "Timetables.")).toBeVisible();
  await expect(ada.getByRole("heading", { name: "1 comment" })).toBeVisible();

  await reload(ben);
  await comment(ben, "Timetables.").getByTestId("reply").click();
  await ben.getByTestId("comment-form").filter({ hasText: "Reply to" }).locator("textarea").fill("Out loud?");
  await ben.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(comment(ben, "Out loud?")).toBeVisible();
  await expect(ben.getByRole("heading", { name: "2 comments" })).toBeVisible();

  await comment(ada, "Timetables.").getByTestId("edit-comment").click();
  await ada.getByTestId("edit-comment-form").locator("textarea").fill("Timetables, mostly.");
  await ada.getByTestId("edit-comment-form").getByRole("button", { name: "Save" }).click();
  await expect(comment(ada, "Timetables, mostly.")).toBeVisible();
  await reload(visitor);
  await expect(comment(visitor, "Timetables, mostly.")).toContainText("edited");
  await expect(comment(visitor, "Out loud?")).toBeVisible();

  await comment(ada, "Timetables, mostly.").getByTestId("delete-comment").click();
  await confirm(ada);
  await expect(comment(ada, "Timetables")).toHaveCount(0);
  await expect(comment(ada, "Out loud?")).toBeVisible();
  await reload(visitor);
  await expect(visitor.locator("main")).not.toContainText("Timetables");
  await expect(comment(visitor, "Out loud?")).toBeVisible();
});

test("like, unlike, like in quick succession", async ({ browse }) => {
  const [reader, visitor] = [await browse("ada"), await browse("visitor")];
  const id = await postByRequest(await browse("ben"), unique("Like this."));
  await open(visitor, `/community/${id}`);
  await open(reader, `/community/${id}`);
  const button = card(reader, id).getByTestId("like-button");
  const count = card(reader, id).getByTestId("like-count");
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await expect(count).toHaveText("0");

  // No answer before all three clicks are made, and shown.
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await reader.route("**/api/like_post", async (route) => {
    await held;
    await route.continue();
  });
  for (const [pressed, likes] of [["true", "1"], ["false", "0"], ["true", "1"]]) {
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", pressed, { timeout: PROMPT });
    await expect(count).toHaveText(likes, { timeout: PROMPT });
  }
  let answers = 0;
  reader.on("response", (response) => (answers += Number(response.url().endsWith("/api/like_post"))));
  go();
  await expect.poll(() => answers).toBe(3);
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect(count).toHaveText("1");

  await reload(reader);
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect(count).toHaveText("1");
  await reload(visitor);
  await expect(card(visitor, id).getByTestId("like-count")).toHaveText("1");
  await reader.unroute("**/api/like_post");
  const answer = reader.waitForResponse("**/api/like_post");
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await answer;
  await reload(reader);
  await expect(count).toHaveText("0");
});

test("likes by two people add up", async ({ browse }) => {
  const [ada, mira] = [await browse("ada"), await browse("mira")];
  const id = await postByRequest(await browse("ben"), unique("Like this, both of you."));
  await open(ada, `/community/${id}`);
  await open(mira, `/community/${id}`);
  const liked = ada.waitForResponse("**/api/like_post");
  await card(ada, id).getByTestId("like-button").click();
  await expect(card(ada, id).getByTestId("like-count")).toHaveText("1");
  await liked;
  await card(mira, id).getByTestId("like-button").click();
  await expect(card(mira, id).getByTestId("like-count")).toHaveText("2");
  await reload(ada);
  await expect(card(ada, id).getByTestId("like-count")).toHaveText("2");
});

test("a like that can't be sent is taken back", async ({ browse, quiet }) => {
  quiet.excuse(/ERR_FAILED|Failed to fetch/);
  const reader = await browse("ada");
  const id = await postByRequest(await browse("ben"), unique("You may not like this."));
  await open(reader, `/community/${id}`);
  const button = card(reader, id).getByTestId("like-button");
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await reader.route("**/api/like_post", async (route) => {
    await held;
    await route.abort();
  });
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  go();
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await expect(card(reader, id).getByTestId("like-count")).toHaveText("0");
  await expect(reader.getByTestId("toast")).toContainText("offline");

  await reader.unroute("**/api/like_post");
  const answer = reader.waitForResponse("**/api/like_post");
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await answer;
  await reload(reader);
  await expect(card(reader, id).getByTestId("like-count")).toHaveText("1");
});

test("a post that can't be sent stays in its form", async ({ browse, quiet }) => {
  quiet.excuse(/ERR_FAILED|Failed to fetch/);
  const author = await browse("ben");
  await open(author, "/community");
  await author.route("**/api/create_post", (route) => route.abort());
  const form = author.getByTestId("post-form");
  const text = unique("Lost on the way?");
  await form.locator("textarea").fill(text);
  await form.getByRole("button", { name: "Post" }).click();
  await expect(form.getByTestId("form-error")).toBeVisible();
  await expect(form.locator("textarea")).toHaveValue(text);
  await author.unroute("**/api/create_post");
  await form.getByRole("button", { name: "Post" }).click();
  await expect(author.getByTestId("post").filter({ hasText: text })).toHaveCount(1);
});

test("a reader who clicks and is gone at once has clicked all the same", async ({ browse, baseURL }) => {
  const story = await importStory(await browse("ben"), unique("Liked in passing"), true);
  const line = await SlowLine.to(baseURL!, "/api/like_");
  try {
    const reader = await browse("ada", { baseURL: line.url });
    await withoutLine(reader);
    await open(reader, titlePage(story.id));
    const like = reader.getByTestId("like-button").first();
    await like.click();
    await reload(reader);
    expect(line.answered, "still on its way").toEqual([]);
    line.release();
    await expect.poll(() => line.answered).toEqual([200]);
    await reload(reader);
    await expect(like).toHaveAttribute("aria-pressed", "true");
    await expect(like.getByTestId("like-count")).toHaveText("1");
  } finally {
    await line.close();
  }
});

test("who writes a post says which story it is about", async ({ browse }) => {
  const author = await browse("ben");
  const title = unique("Talked about");
  const story = await importStory(author, title, true);
  await open(author, "/community");
  const form = author.getByTestId("post-form");
  const about = form.getByLabel("About");
  await form.locator("textarea").focus();
  await expect(about.locator("option", { hasText: title })).toHaveCount(1);
  await about.selectOption({ label: `${title}, by Ben` });
  const id = await post(author, unique("I have read it twice."));
  await expect(card(author, id).locator(".post-about")).toHaveText(`about ${title}`);
  await expect(about, "the next one begins anew").toHaveValue("");
  const other = await post(author, unique("And slept well."));
  await expect(card(author, other).locator(".post-about")).toHaveCount(0);
  await open(author, `/community?about=${story.id}`);
  await expect(card(author, id)).toBeVisible();
  await expect(card(author, other)).toHaveCount(0);
  await expect(form.getByLabel("About")).toHaveCount(0);
});
