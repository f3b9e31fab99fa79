// Talk that finds its people: mentions, links, the address of a comment, and the keys that send.
import { card, comment, postByRequest } from "./support/talk.ts";
import { unique } from "./support/stories.ts";
import { PROMPT, expect, open, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

async function say(page: Page, post: string, text: string, parent?: string): Promise<string> {
  const form = { post, text, ...(parent ? { parent } : {}) };
  const answer = await page.request.post("/api/add_comment", { form });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).value;
}

const notices = (page: Page, place: string) => page.locator(`[data-testid=notice]:has(a[href*="${place}"])`);
const at = (page: Page, id: string) => page.locator(`#comment-${id}`);

test("who is mentioned is told while they look, and no longer once the words are gone", async ({ browse }) => {
  const [ada, ben, mira] = [await browse("ada"), await browse("ben"), await browse("mira")];
  const post = await postByRequest(ben, unique("Who knows about tides?"));
  await open(mira, "/inbox");
  const said = await say(ada, post, "Ask @Mira, and not @nobody-here.");
  const notice = notices(mira, said);
  await expect(notice).toContainText("Ada mentioned you", { timeout: PROMPT });
  await expect(mira.getByTestId("unread-notices")).toBeVisible();
  const save = (text: string, base: number) =>
    ada.request.post("/api/save_comment", { form: { comment: said, text, base: String(base) } });
  expect((await save("Ask somebody.", 1)).ok()).toBe(true);
  await expect(notice).toHaveCount(0, { timeout: PROMPT });
  expect((await save("Ask @mira after all.", 2)).ok()).toBe(true);
  await expect(notice).toHaveCount(1, { timeout: PROMPT });
  await notice.getByRole("link").click();
  await expect(mira).toHaveURL(new RegExp(`/community/${post}#comment-${said}$`));
  await expect(at(mira, said)).toBeFocused();
  await expect(at(mira, said)).toBeInViewport();
  expect(await at(mira, said).evaluate((there) => there.matches(":target"))).toBe(true);
  await at(mira, said).getByRole("link", { name: "@mira" }).click();
  await expect(mira).toHaveURL(/\/authors\/mira$/);
  await mira.goBack();
  await mira.goBack();
  await expect(mira).toHaveURL(/\/inbox$/);
});

test("addresses are links, in a post, a comment and in what one says of oneself", async ({ browse }) => {
  const [ben, visitor] = [await browse("ben"), await browse("visitor")];
  const post = await postByRequest(ben, unique("See https://a.example/(b)?c=d, and javascript:alert(1):"));
  const said = await say(ben, post, "Or (https://b.example).");
  await open(visitor, `/community/${post}`);
  const link = card(visitor, post).getByTestId("post-text").getByRole("link");
  await expect(link).toHaveCount(1);
  await expect(link).toHaveAttribute("href", "https://a.example/(b)?c=d");
  await expect(link).toHaveAttribute("rel", "ugc nofollow noopener");
  await expect(at(visitor, said).getByTestId("comment-text")).toHaveText("Or (https://b.example).");
  await expect(at(visitor, said).getByTestId("comment-text").getByRole("link")).toHaveAttribute("href", "https://b.example");
});

test("the address of a comment leads to it: on another page, deep in replies, and in the page at hand", async ({ browse }) => {
  const [ben, visitor] = [await browse("ben"), await browse("visitor")];
  const post = await postByRequest(ben, unique("Count with me."));
  const first = await say(ben, post, "Zero.");
  let last = first;
  for (let number = 1; number <= 50; number++) last = await say(ben, post, `Number ${number}.`);
  let deep = first;
  for (let number = 0; number < 22; number++) deep = await say(ben, post, `Answer ${number}.`, first);
  for (const [id, where] of [
    [first, ""],
    [last, "\\?page=2"],
    [deep, `\\?under=${first}`],
  ]) {
    await open(visitor, `/community/${post}?comment=${id}#comment-${id}`);
    await expect(visitor).toHaveURL(new RegExp(`/community/${post}${where}#comment-${id}$`));
    await expect(at(visitor, id)).toBeInViewport();
    await expect(at(visitor, id)).toBeFocused();
    expect(await at(visitor, id).evaluate((there) => there.matches(":target"))).toBe(true);
  }
  await open(visitor, `/community/${post}`);
  const thirtieth = visitor.getByTestId("comment").nth(50);
  const id = (await thirtieth.getAttribute("data-comment-id"))!;
  await thirtieth.getByTestId("comment-address").click();
  await expect(visitor).toHaveURL(new RegExp(`/community/${post}#comment-${id}$`));
  await expect(at(visitor, id)).toBeFocused();
  await expect(at(visitor, id)).toBeInViewport();
  expect(await visitor.locator(".comment:target").getAttribute("data-comment-id")).toBe(id);
});

test("without a script the address of a comment leads there, too", async ({ browse }) => {
  const [ben, plain] = [await browse("ben"), await browse("visitor", { javaScriptEnabled: false })];
  const post = await postByRequest(ben, unique("Plainly."));
  const said = await say(ben, post, "Here, @ada.");
  await plain.goto(`/community/${post}`);
  await at(plain, said).getByTestId("comment-address").click();
  await expect(plain).toHaveURL(new RegExp(`/community/${post}#comment-${said}$`));
  await at(plain, said).getByRole("link", { name: "@ada" }).click();
  await expect(plain).toHaveURL(/\/authors\/ada$/);
});

test("Ctrl+Enter sends, and the keyboard goes on where one expects it", async ({ browse }) => {
  const ben = await browse("ben");
  await open(ben, "/community");
  const field = ben.getByTestId("post-form").locator("textarea");
  const text = unique("Sent by a key.");
  await field.fill(text);
  await field.press("Control+Enter");
  const post = ben.getByTestId("post").filter({ hasText: text });
  await expect(post).toHaveCount(1);
  await expect(field).toHaveValue("");
  await expect(field).toBeFocused();
  // Nothing to send.
  await field.press("Control+Enter");
  await expect(field).toBeFocused();
  const id = (await post.getAttribute("data-post-id"))!;
  await post.getByTestId("edit-post").click();
  await post.locator("textarea").fill(`${text} And changed.`);
  await post.locator("textarea").press("Meta+Enter");
  await expect(card(ben, id).getByTestId("post-text")).toHaveText(`${text} And changed.`);
  await expect(card(ben, id)).toBeFocused();

  await open(ben, `/community/${id}`);
  await ben.locator("#new-comment").fill("A line.\nAnd another.");
  await ben.locator("#new-comment").press("Control+Enter");
  await expect(comment(ben, "A line.")).toBeFocused();
  await comment(ben, "A line.").getByTestId("reply").click();
  const reply = ben.getByTestId("comment-form").filter({ hasText: "Reply to" }).locator("textarea");
  await reply.fill("Quite so.");
  await reply.press("Control+Enter");
  await expect(comment(ben, "Quite so.")).toBeFocused();
  await expect(reply).toHaveCount(0);
  await comment(ben, "Quite so.").getByTestId("edit-comment").click();
  const edit = ben.getByTestId("edit-comment-form").locator("textarea");
  await edit.fill("Not at all.");
  await edit.press("Control+Enter");
  await expect(comment(ben, "Not at all.")).toBeFocused();
  await reload(ben);
  await expect(ben.getByTestId("comment")).toHaveCount(2);
});
