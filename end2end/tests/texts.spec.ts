// What people type: counted as they count, refused where nobody could see it, kept however long it may be.
import { card, postByRequest } from "./support/talk.ts";
import { importStory, unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";

test("5,000 characters in 100 lines are accepted without a script", async ({ browse }) => {
  const page = await browse("ben", { javaScriptEnabled: false });
  const first = unique("Lines:").padEnd(49, ".");
  const text = [first, ...Array(98).fill("x".repeat(49)), "x".repeat(50)].join("\n");
  expect(text).toHaveLength(5000);
  await page.goto("/community");
  await page.getByTestId("post-form").locator("textarea").fill(text);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByTestId("form-error")).toHaveCount(0);
  await expect(page.getByTestId("post-text").filter({ hasText: first })).toHaveText(text.replaceAll("\n", " "));
});

test("what nobody could see is refused with a sentence, and stays in its form", async ({ browse }) => {
  const page = await browse("ben");
  await open(page, "/community");
  const form = page.getByTestId("post-form");
  for (const unseen of ["\u200b", "\u2800", "\u3164", "\u00ad", "\u202e"]) {
    await form.locator("textarea").fill(unseen);
    await form.getByRole("button", { name: "Post" }).click();
    await expect(page.getByTestId("form-error")).toHaveText("Please write a post: it can't be empty.");
    await expect(form.locator("textarea")).toHaveValue(unseen);
  }
  const id = await postByRequest(page, unique("Seen."));
  await open(page, "/community");
  await expect(card(page, id)).toBeVisible();
});

test("a name that nobody could see is refused without a script", async ({ browse, quiet }) => {
  // No script fetches what is preloaded for one.
  quiet.excuse(/was preloaded using link preload|status of 422/);
  const plain = await browse("visitor", { javaScriptEnabled: false });
  for (const [name, error] of [
    ["\u2800", "There is an invisible character in a name (U+2800); please remove it."],
    ["A\u202eda", "There is an invisible character in a name (U+202E); please remove it."],
  ]) {
    await plain.goto("/register");
    await plain.getByLabel("Name", { exact: true }).fill(name);
    await plain.getByLabel("E-mail address").fill("unseen@quire.example");
    await plain.getByLabel("Password").fill("long enough for anybody");
    await plain.getByRole("button", { name: "Make the account" }).click();
    await expect(plain.getByTestId("form-error")).toHaveText(error);
  }
});

test("a scene of 1,000,000 Chinese characters is saved", async ({ browse }) => {
  test.slow();
  const page = await browse("ada");
  const story = await importStory(page, unique("A Long Scene"));
  await open(page, `/studio/edit/story/${story.id}?scene=${story.scenes[2]}`);
  const editor = page.getByTestId("scene-content-editor");
  await editor.evaluate((field: HTMLTextAreaElement) => {
    field.value = "字".repeat(1_000_000);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.getByTestId("save-button").click();
  await expect(page.getByTestId("save-status")).toHaveText("Saved successfully", { timeout: 30_000 });
  await expect(page.getByTestId("room")).toHaveText("This chapter has 1,000,000 of 1,000,000 characters.");
  const kept = await page.request.get(`/studio/edit/story/${story.id}?scene=${story.scenes[2]}`);
  expect((await kept.text()).split("字").length).toBeGreaterThan(1_000_000);
});
