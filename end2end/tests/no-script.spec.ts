// Without a script everything that needs none works: reading, signing in, talking, beginning a story.
import { PASSWORD, address } from "./support/people.ts";
import { chapterPage, importStory, novel, readStory, unique } from "./support/stories.ts";
import { card, comment } from "./support/talk.ts";
import { expect, test } from "./support/test.ts";

const options = { javaScriptEnabled: false };

test("reading a novel, chapter by chapter", async ({ browse }) => {
  const page = await browse("visitor", options);
  const story = await readStory(await browse("ada"), novel());
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Novels" }).click();
  await page.locator(`[data-story-id="${story.id}"] [data-testid=story-link]`).click();
  await page.getByTestId("chapter-link").nth(10).click();
  await expect(page).toHaveURL(new RegExp(`${chapterPage(story.id, story.chapters[10])}$`));
  await expect(page.getByTestId("prose")).toContainText(/\w+/);
  await page.getByTestId("next-chapter").click();
  await expect(page).toHaveURL(new RegExp(`${chapterPage(story.id, story.chapters[11])}$`));
});

test("signing in, and being told that the password is wrong", async ({ browse, quiet }) => {
  quiet.excuse(/status of 401/);
  const page = await browse("visitor", options);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(address("ben"));
  await page.getByLabel("Password").fill("a wrong one");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByTestId("form-error")).toContainText("don't belong together");
  await expect(page.getByLabel("E-mail address")).toHaveValue(address("ben"));
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByTestId("account-name")).toHaveText("Ben");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByTestId("account-name")).toHaveCount(0);
});

test("posting, commenting, liking", async ({ browse, quiet }) => {
  quiet.excuse(/status of 401/);
  const page = await browse("ben", options);
  await page.goto("/community");
  const text = unique("Written with a plain form.");
  await page.getByTestId("post-form").locator("textarea").fill(text);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  const post = page.getByTestId("post").filter({ hasText: text });
  await expect(post).toHaveCount(1);
  const id = (await post.getAttribute("data-post-id"))!;

  await page.goto(`/community/${id}`);
  await page.getByTestId("comment-form").locator("textarea").fill("And answered with another.");
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(comment(page, "And answered with another.")).toBeVisible();
  await comment(page, "And answered with another.").getByTestId("edit-comment").click();
  await page.getByTestId("edit-comment-form").locator("textarea").fill("And changed with a third.");
  await page.getByTestId("edit-comment-form").getByRole("button", { name: "Save" }).click();
  await page.goto(`/community/${id}`);
  await expect(comment(page, "And changed with a third.")).toBeVisible();

  await card(page, id).getByTestId("like-button").click();
  await expect(card(page, id).getByTestId("like-button")).toHaveAttribute("aria-pressed", "true");
  await expect(card(page, id).getByTestId("like-count")).toHaveText("1");
  await card(page, id).getByTestId("like-button").click();
  await expect(card(page, id).getByTestId("like-count")).toHaveText("0");
  await expect(card(page, id).getByTestId("like-button")).toHaveAttribute("aria-pressed", "false");

  // The session ended: what was typed is there, and a way to sign in and send it.
  const session = await page.context().cookies();
  await page.getByTestId("comment-form").locator("textarea").fill("And then no more.");
  await page.context().clearCookies({ name: "quire-session" });
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(page.getByTestId("form-error").locator(".notice-text")).toHaveText("Please sign in first. What you wrote is still here.");
  await expect(page.getByTestId("refused-form").locator("textarea")).toHaveValue("And then no more.");
  const [tab] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: "Sign in in a new tab" }).click()]);
  await expect(tab).toHaveURL(new RegExp(`/sign-in\\?next=/community/${id}$`));
  await tab.close();
  await page.context().addCookies(session);
  await page.getByTestId("send-again").click();
  await expect(page).toHaveURL(new RegExp(`/community/${id}$`));
  await expect(comment(page, "And then no more.")).toBeVisible();
});

test("beginning a story, importing one, publishing it", async ({ browse }) => {
  const page = await browse("ben", options);
  await page.goto("/studio");
  const title = unique("Begun by hand");
  await page.getByTestId("new-story").getByLabel("Title").fill(title);
  await page.getByTestId("create-story").click();
  await expect(page).toHaveURL(/\/studio\/edit\/story\/\w+\?scene=\w+$/);
  await expect(page.getByRole("heading", { name: title })).toBeVisible();

  await page.goto("/studio");
  const book = { name: "book.md", mimeType: "text/markdown", buffer: Buffer.from(`# ${title}, imported\n\n## One\n\nText.`) };
  await page.getByTestId("import-file").setInputFiles(book);
  await page.getByTestId("import-button").click();
  await expect(page).toHaveURL(/\/studio\/edit\/story\/\w+$/);
  await expect(page.getByTestId("chapter-node")).toHaveCount(1);
  await page.getByTestId("publish-button").click();
  await expect(page.getByTestId("unpublish-button")).toBeVisible();
  await page.goto("/novels");
  await expect(page.getByText(`${title}, imported`)).toBeVisible();
});

test("a story's text is in its page, for everybody who has no script", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("Plain"), true);
  const page = await browse("visitor", options);
  await page.goto(chapterPage(story.id, story.chapters[0]));
  await expect(page.getByTestId("prose")).toContainText("The kettle sang");
});
