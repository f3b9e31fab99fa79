// The end of a chapter: readers like it, follow it, and talk about what they have just read.
import { chapterPage, importStory, unique } from "./support/stories.ts";
import { PROMPT, expect, open, test } from "./support/test.ts";

for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
  test(`who has read it says so, ${viewport.width} px wide`, async ({ browse, quiet }) => {
    // Who still has the chapter open when it is taken back is told so.
    quiet.excuse(/status of 404/);
    const author = await browse("ada");
    const title = unique("Talked about");
    const story = await importStory(author, title, true);
    const chapter = chapterPage(story.id, story.chapters[1]);
    const [reader, other] = [await browse("ben", { viewport }), await browse("visitor", { viewport })];
    await open(other, chapter);
    const talk = other.locator("#talk");
    await expect(talk.getByRole("link", { name: "Sign in" })).toBeVisible();
    await expect(talk.getByTestId("post")).toHaveCount(0);

    await open(reader, chapter);
    const like = reader.getByRole("button", { name: `Like ${title}` });
    await like.click();
    await expect(like).toHaveAttribute("aria-pressed", "true");
    const follow = reader.getByTestId("follow-button");
    await follow.click();
    await expect(follow).toHaveText("Following story");
    const words = unique("I did not see that coming.");
    await reader.getByLabel("What did you make of it?").fill(words);
    await reader.getByRole("button", { name: "Post", exact: true }).click();
    await expect(reader.getByTestId("post").filter({ hasText: words })).toBeVisible();
    // The others who read the chapter see it at once; who reads another one doesn't.
    await expect(talk.getByText(words)).toBeVisible({ timeout: PROMPT });
    await open(other, chapterPage(story.id, story.chapters[0]));
    await expect(other.locator("#talk").getByTestId("post")).toHaveCount(0);

    // It stands in the community, and leads to the chapter; on the page again all is as it was.
    await open(other, `/community?about=${story.id}`);
    const post = other.getByTestId("post").filter({ hasText: words });
    await expect(post.getByTestId("post-about")).toHaveText(`about a chapter of ${title}`);
    await post.getByTestId("post-about").getByRole("link").click();
    await expect(other).toHaveURL(new RegExp(`${chapter}$`));
    await open(reader, chapter);
    await expect(reader.getByRole("button", { name: `Like ${title}` })).toHaveAttribute("aria-pressed", "true");
    await expect(reader.getByTestId("follow-button")).toHaveText("Following story");

    // Readers no longer have the chapter: the post is about the story.
    await author.request.post("/api/unpublish_chapter", { form: { chapter: story.chapters[1] } });
    await open(other, `/community?about=${story.id}`);
    await expect(post.getByTestId("post-about")).toHaveText(`about ${title}`);
  });
}

test("it works without a script, and old posts are on pages of their own", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("Much talked about"), true);
  const chapter = chapterPage(story.id, story.chapters[0]);
  for (let number = 0; number < 21; number++) {
    const form = { text: `Number ${number}.`, about: `${story.id}/${story.chapters[0]}` };
    expect((await author.request.post("/api/create_post", { form })).ok()).toBe(true);
  }
  const reader = await browse("ben", { javaScriptEnabled: false });
  await reader.goto(chapter);
  await expect(reader.getByTestId("post")).toHaveCount(20);
  await expect(reader.getByText("Number 20.")).toBeVisible();
  await reader.getByRole("link", { name: "Older posts" }).click();
  await expect(reader.getByTestId("post")).toHaveCount(1);
  await expect(reader.getByText("Number 0.")).toBeVisible();
  await reader.getByRole("link", { name: "Newer posts" }).click();
  const words = unique("Said without a script.");
  await reader.getByLabel("What did you make of it?").fill(words);
  await reader.getByRole("button", { name: "Post", exact: true }).click();
  await expect(reader).toHaveURL(new RegExp(chapter));
  await expect(reader.getByText(words)).toBeVisible();
  await reader.getByRole("button", { name: "Like", exact: false }).first().click();
  await expect(reader.getByRole("button", { name: "Like", exact: false }).first()).toHaveAttribute("aria-pressed", "true");
});
