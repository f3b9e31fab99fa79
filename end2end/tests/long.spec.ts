// What grows has pages: a conversation, the replies to one comment, a table of contents.
import type { Page } from "@playwright/test";
import { comment, postByRequest } from "./support/talk.ts";
import { importStory, titlePage, unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";

async function say(page: Page, post: string, text: string, parent?: string): Promise<string> {
  const form = { post, text, ...(parent ? { parent } : {}) };
  const answer = await page.request.post("/api/add_comment", { form });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).value;
}

test("a long conversation has pages, and so have the replies to a comment", async ({ browse }) => {
  const [ben, ada, mira] = [await browse("ben"), await browse("ada"), await browse("mira")];
  const people = [ben, ada, mira];
  const id = await postByRequest(ben, unique("Say something, all of you."));
  const first = await say(ada, id, "Comment 0.");
  for (let number = 1; number <= 50; number++) await say(people[number % 3], id, `Comment ${number}.`);
  for (let number = 0; number < 22; number++) await say(people[number % 3], id, `Answer ${number}.`, first);

  await open(ben, `/community/${id}`);
  await expect(ben.getByTestId("comment")).toHaveCount(70);
  await expect(ben.locator("#new-comment")).toHaveCount(0);
  await ben.getByRole("link", { name: "Later comments" }).click();
  await expect(ben).toHaveURL(`/community/${id}?page=2`);
  await expect(ben.getByTestId("comment")).toHaveCount(1);
  await ben.locator("#new-comment").fill("The last word.");
  await ben.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(comment(ben, "The last word.")).toBeVisible();

  await ben.getByRole("link", { name: "Earlier comments" }).click();
  await expect(comment(ben, "Answer 19.")).toBeVisible();
  await expect(comment(ben, "Answer 20.")).toHaveCount(0);
  await ben.getByRole("link", { name: "Show 2 more replies" }).click();
  await expect(ben).toHaveURL(`/community/${id}?under=${first}`);
  await expect(comment(ben, "Answer 21.")).toBeVisible();
  await expect(ben.getByTestId("comment")).toHaveCount(23);
  await comment(ben, "Answer 21.").getByTestId("reply").click();
  await ben.getByTestId("comment-form").locator("textarea").fill("So it is.");
  await ben.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(comment(ben, "So it is.")).toBeVisible();

  // What one of them sees, the others see where they are.
  await open(ada, `/community/${id}?under=${first}`);
  await expect(comment(ada, "So it is.")).toBeVisible();
  await ada.getByRole("link", { name: /^A post by/ }).click();
  await expect(ada.getByRole("link", { name: "Show 3 more replies" })).toBeVisible();
});

test("a long table of contents has pages", async ({ browse }) => {
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const chapters = Array.from({ length: 201 }, (_, number) => `## Day ${number + 1}\n\nIt rained.\n`);
  const story = await importStory(author, unique("A Year"), true, chapters.join("\n"));
  await open(visitor, titlePage(story.id));
  await expect(visitor.getByTestId("chapter-link")).toHaveCount(200);
  await visitor.getByTestId("contents-pages").getByRole("link", { name: "201–201" }).click();
  await expect(visitor).toHaveURL(`${titlePage(story.id)}?page=2`);
  await expect(visitor.getByTestId("chapter-link")).toHaveCount(1);
  await expect(visitor.getByTestId("chapter-link")).toContainText("Day 201");
  await visitor.getByRole("link", { name: "Start reading" }).click();
  await expect(visitor.getByRole("heading", { name: "Day 1", exact: true })).toBeVisible();
});
