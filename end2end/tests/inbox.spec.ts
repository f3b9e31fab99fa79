// The inbox: one notice of each release and each answer, and a count in the header that lives.
import { importStory, titlePage, unique } from "./support/stories.ts";
import { postByRequest } from "./support/talk.ts";
import { PROMPT, expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const notices = (page: Page, text: string) => page.getByTestId("notice").filter({ hasText: text });

test("a new chapter comes into the inbox while one looks, and goes when it is withdrawn", async ({ browse }) => {
  const [ada, mira] = [await browse("ada"), await browse("mira")];
  const title = unique("Serial");
  const story = await importStory(ada, title, true);
  const [, last] = story.chapters;
  await ada.request.post("/api/unpublish_chapter", { form: { chapter: last } });
  const followed = await mira.request.post("/api/follow_story", { form: { story: story.id, followed: "true" } });
  expect(followed.ok(), await followed.text()).toBe(true);
  await open(mira, "/inbox");
  await expect(notices(mira, title)).toHaveCount(0);
  // It was out before she followed: that is no news.
  await ada.request.post("/api/publish_chapter", { form: { chapter: last } });
  await mira.waitForTimeout(1_500);
  await expect(notices(mira, title)).toHaveCount(0);

  const form = { part: await partOf(ada, story.id), title: "The third" };
  const added = await ada.request.post("/api/add_chapter", { data: form });
  expect(added.ok(), await added.text()).toBe(true);
  const chapter = (await added.json()).value;
  await ada.request.post("/api/move_scene", { data: { scene: story.scenes[0], to: chapter, place: 0 } });
  const out = await ada.request.post("/api/publish_chapter", { form: { chapter } });
  expect(out.ok(), await out.text()).toBe(true);
  await expect(notices(mira, title)).toHaveCount(1, { timeout: PROMPT });
  await expect(notices(mira, title)).toContainText(`A new chapter, “The third”, in ${title}, by Ada`);
  await expect(mira.getByTestId("unread-notices")).toBeVisible();

  await ada.request.post("/api/unpublish_chapter", { form: { chapter } });
  await expect(notices(mira, title)).toHaveCount(0, { timeout: PROMPT });
});

test("who is answered is told once, and marks it as read", async ({ browse }) => {
  const [ada, ben] = [await browse("ada"), await browse("ben")];
  await open(ben, titlePage((await importStory(ada, unique("Aside"), true)).id));
  const badge = ben.getByTestId("unread-notices");
  const read = await ben.request.post("/api/read_inbox", { form: { up_to: String(Date.now()) } });
  expect(read.ok(), await read.text()).toBe(true);
  const post = await postByRequest(ben, unique("Who is next?"));
  const answer = await ada.request.post("/api/add_comment", { form: { post, text: "Me." } });
  expect(answer.ok(), await answer.text()).toBe(true);
  await expect(badge).toHaveText(/^\d+ new$/, { timeout: PROMPT });
  await ben.getByRole("link", { name: /^Inbox/ }).click();
  const notice = ben.locator(`[data-testid=notice]:has(a[href^="/community/${post}"])`);
  await expect(notice).toHaveText(/Ada commented on your post/);
  await expect(notice).toHaveAttribute("data-read", "false");
  await ben.getByTestId("mark-read").click();
  await expect(notice).toHaveAttribute("data-read", "true");
  await expect(badge).toHaveCount(0);
  await notice.getByRole("link").click();
  await expect(ben).toHaveURL(new RegExp(`/community/${post}#comment-${(await answer.json()).value}$`));
});

/** The first part of one's own story. */
async function partOf(page: Page, story: string): Promise<string> {
  const html = await (await page.request.get(`/studio/edit/story/${story}`)).text();
  return /data-part-id="(\w+)"/.exec(html)![1];
}
