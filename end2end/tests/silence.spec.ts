// Muting and blocking between people.
import { expectAccessible } from "./support/accessible.ts";
import { join } from "./support/joining.ts";
import { unique } from "./support/stories.ts";
import { card, comment, postByRequest } from "./support/talk.ts";
import { PROMPT, expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const sizes = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

async function say(page: Page, post: string, text: string) {
  const answer = await page.request.post("/api/add_comment", { form: { post, text } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

const silence = async (page: Page, person: string, how: string) =>
  expect((await page.request.post("/api/silence_person", { form: { person, how } })).ok()).toBe(true);

for (const viewport of sizes) {
  test(`a muted person is folded away and shown again, ${viewport.width} px wide`, async ({ browse }) => {
    const [reader, loud] = [await browse("visitor", { viewport }), await browse("visitor")];
    await join(reader, "Quentin", "reader");
    await join(loud, "Laud", "reader");
    const [text, more] = [unique("I shout here"), unique("And here")];
    const post = await postByRequest(loud, text);
    await say(loud, post, more);
    const tab = await reader.context().newPage();
    for (const page of [reader, tab]) await open(page, `/community/${post}`);
    await expect(card(reader, post).getByTestId("post-text")).toBeVisible();
    await expect(card(reader, post).getByTestId("fold")).toBeHidden();

    await card(reader, post).getByTestId("silence").click();
    await expect(reader.getByRole("heading", { name: "Mute or block Laud" })).toBeVisible();
    await expectAccessible(reader, "muting");
    await reader.getByTestId("mute").click();
    await expect(reader.getByTestId("silenced")).toContainText("You muted Laud.");
    await reader.getByTestId("back").click();
    await expect(reader).toHaveURL(new RegExp(`/community/${post}$`));

    // Here, and in the tab beside it, which loaded nothing anew.
    for (const page of [reader, tab]) {
      const fold = card(page, post).getByTestId("fold");
      await expect(fold).toContainText("From a person you muted. Show", { timeout: PROMPT, useInnerText: true });
      await expect(card(page, post).getByTestId("post-text")).toBeHidden();
      await expect(page.getByText(more)).toBeHidden();
    }
    await expectAccessible(reader, "muting");
    // Each is opened by itself, by keyboard too.
    await card(reader, post).getByTestId("fold").locator("summary").press("Enter");
    await expect(card(reader, post).getByTestId("post-text")).toBeVisible();
    await expect(reader.getByText(more)).toBeHidden();
    await card(reader, post).getByText("Hide", { exact: true }).click();
    await expect(card(reader, post).getByTestId("post-text")).toBeHidden();

    // What comes while one looks comes folded; and other people's words don't.
    const late = unique("And now this");
    await say(loud, post, late);
    await expect(comment(reader, late)).toHaveCount(1, { timeout: PROMPT });
    await expect(reader.getByText(late)).toBeHidden();
    await say(reader, post, "Enough.");
    await expect(reader.getByText("Enough.")).toBeVisible({ timeout: PROMPT });
    expect(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

    await open(reader, "/account");
    const row = reader.getByTestId("silenced").filter({ hasText: "Laud" });
    await expect(row).toContainText("Muted");
    await row.getByRole("link", { name: "Laud" }).click();
    await expect(reader.getByTestId("silenced")).toContainText("You muted this person.", { useInnerText: true });
    await open(reader, "/account");
    await row.getByTestId("end-silence").click();
    await expect(reader.getByTestId("no-silences")).toBeVisible();
    await expect(tab.getByText(late)).toBeVisible({ timeout: PROMPT });
  });
}

test("who is muted comes into no inbox, and no count", async ({ browse }) => {
  const [reader, loud, other] = [await browse("visitor"), await browse("visitor"), await browse("visitor")];
  await join(reader, "Quentin", "reader");
  const { user: person } = await join(loud, "Laud", "reader");
  await join(other, "Otto", "reader");
  const post = await postByRequest(reader, unique("What do you think?"));
  await say(loud, post, "Rubbish.");
  await open(reader, "/inbox");
  const notices = reader.getByTestId("notice");
  await expect(notices).toHaveCount(1);
  await expect(reader.getByTestId("unread-notices")).toHaveText("1 new");
  await silence(reader, person, "mute");
  await expect(notices).toHaveCount(0, { timeout: PROMPT });
  await expect(reader.getByTestId("unread-notices")).toHaveCount(0);
  await say(loud, post, "Rubbish!");
  await say(other, post, "A good question.");
  await expect(reader.getByTestId("unread-notices")).toHaveText("1 new", { timeout: PROMPT });
  await expect(notices).toHaveCount(1);
  await expect(notices).toContainText("Otto");
});

test("who is blocked is told so when they answer, and keeps what they typed", async ({ browse, quiet }) => {
  quiet.excuse(/status of 403/);
  const [reader, loud] = [await browse("visitor"), await browse("visitor")];
  await join(reader, "Quentin", "reader");
  const { user: person } = await join(loud, "Laud", "reader");
  const post = await postByRequest(reader, unique("What do you think?"));
  await open(loud, `/community/${post}`);
  await silence(reader, person, "block");
  const form = loud.getByTestId("comment-form");
  await form.locator("textarea").fill("Let me tell you something.");
  await form.getByRole("button", { name: "Comment" }).click();
  await expect(form.getByTestId("form-error")).toContainText("the author of this post has blocked you");
  await expect(form.locator("textarea")).toHaveValue("Let me tell you something.");
  await expect(card(loud, post).getByTestId("post-text")).toBeVisible();
  await open(reader, "/account");
  await expect(reader.getByTestId("silenced")).toContainText("Blocked");
});

test("all of it without a script", async ({ browse }) => {
  const [reader, loud] = [await browse("visitor", { javaScriptEnabled: false }), await browse("visitor")];
  await join(reader, "Quentin", "reader");
  await join(loud, "Laud", "reader");
  const post = await postByRequest(loud, unique("I shout here"));
  await reader.goto(`/community/${post}`);
  await card(reader, post).getByTestId("silence").click();
  await reader.getByTestId("block").click();
  await expect(reader.getByTestId("silenced")).toContainText("You blocked Laud.");
  await reader.getByTestId("back").click();
  const text = card(reader, post).getByTestId("post-text");
  await expect(text).toBeHidden();
  await card(reader, post).getByText("Show", { exact: true }).click();
  await expect(text).toBeVisible();
  await reader.goto("/account");
  await reader.getByTestId("end-silence").click();
  await expect(reader.getByTestId("no-silences")).toBeVisible();
  await reader.goto(`/community/${post}`);
  await expect(text).toBeVisible();
});
