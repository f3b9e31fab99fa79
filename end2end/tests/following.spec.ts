// Following a story or an author, and the library: its counts are its lists.
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { PROMPT, expect, open, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const inLibrary = (page: Page, story: string) => page.locator(`[data-story-id="${story}"]`);

/** The count of a story, and how many chapters are listed behind it. */
async function expectUnread(page: Page, story: string, count: number) {
  const card = inLibrary(page, story);
  const words = ["All read", "1 chapter to read"][count] ?? `${count} chapters to read`;
  await expect(card.getByTestId("unread")).toHaveText(words, { timeout: PROMPT });
  await expect(card.getByTestId("unread-chapter")).toHaveCount(count);
}

test("a click follows at once, and once more no longer", async ({ browse }) => {
  const [ada, ben] = [await browse("ada"), await browse("ben")];
  const story = await importStory(ada, unique("Followed"), true);
  await open(ben, titlePage(story.id));
  const button = ben.getByRole("button", { name: "Follow story" });
  await expect(button).toHaveAttribute("aria-pressed", "false");
  let answer: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await ben.route("**/api/follow_story", async (route) => {
    await held;
    await route.continue();
  });
  await button.click();
  const following = ben.getByRole("button", { name: "Following story" });
  await expect(following, "before the server has answered").toHaveAttribute("aria-pressed", "true");
  const answered = ben.waitForResponse(/follow_story/);
  answer!();
  await answered;
  await reload(ben);
  await expect(following).toHaveAttribute("aria-pressed", "true");
  await following.click();
  await expect(button).toHaveAttribute("aria-pressed", "false");
});

test("the library's counts are its lists, and follow what happens elsewhere", async ({ browse }) => {
  const [ada, mira] = [await browse("ada"), await browse("mira")];
  const story = await importStory(ada, unique("Counted"), true);
  await open(mira, titlePage(story.id));
  const answered = mira.waitForResponse(/follow_story/);
  await mira.getByRole("button", { name: "Follow story" }).click();
  await answered;
  await open(mira, "/library");
  await expectUnread(mira, story.id, 2);
  await ada.request.post("/api/unpublish_chapter", { form: { chapter: story.chapters[1] } });
  await expectUnread(mira, story.id, 1);
  await ada.request.post("/api/publish_chapter", { form: { chapter: story.chapters[1] } });
  await expectUnread(mira, story.id, 2);
  // Short chapters are read as soon as all of them is in view for a while.
  await inLibrary(mira, story.id).getByText("Which?").click();
  await inLibrary(mira, story.id).getByTestId("unread-chapter").first().click();
  await expect(mira).toHaveURL(new RegExp(`${chapterPage(story.id, story.chapters[0])}$`));
  await mira.waitForResponse((response) => response.url().includes("/api/keep_bookmarks") && response.ok());
  await open(mira, "/library");
  await expectUnread(mira, story.id, 1);
  await expect(inLibrary(mira, story.id).getByTestId("library-continue")).toHaveText("Continue with chapter 2");
  await ada.request.post("/api/unpublish_story", { form: { story: story.id } });
  await expect(inLibrary(mira, story.id)).toHaveCount(0, { timeout: PROMPT });
});

test("without a script one follows, and stops", async ({ browse }) => {
  const ada = await browse("ada");
  const story = await importStory(ada, unique("Plainly"), true);
  const page = await browse("ben", { javaScriptEnabled: false });
  await page.goto(titlePage(story.id));
  await page.getByRole("button", { name: "Follow story" }).click();
  await expect(page.getByRole("button", { name: "Following story" })).toBeVisible();
  await page.goto("/library");
  await expect(inLibrary(page, story.id).getByTestId("unread")).toHaveText("2 chapters to read");
  await inLibrary(page, story.id).getByTestId("stop-following").click();
  await expect(inLibrary(page, story.id)).toHaveCount(0);
});

test("who is not signed in is led there", async ({ browse }) => {
  const [ada, visitor] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(ada, unique("Led"), true);
  await open(visitor, titlePage(story.id));
  await visitor.getByTestId("follow-button").first().click();
  await expect(visitor).toHaveURL(new RegExp(`/sign-in\\?next=${titlePage(story.id)}$`));
  await visitor.goto("/library");
  await expect(visitor.getByRole("main")).toContainText("Please sign in to see what you read and follow.");
});
