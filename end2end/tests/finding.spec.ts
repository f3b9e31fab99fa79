// Finding: an author's page, from every name, and where its handle leads; search; what readers choose by.
import { Editor } from "./support/editor.ts";
import { follow } from "./support/going.ts";
import { join } from "./support/joining.ts";
import { importStory, titlePage, unique } from "./support/stories.ts";
import { card, postByRequest } from "./support/talk.ts";
import { PROMPT, expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

const byline = (page: Page, handle: string) => page.locator(`main a[href="/authors/${handle}"]`);

for (const [where, options] of [["a desk", {}], ["a phone", PHONE]] as const) {
  test(`a name leads to its page, on ${where}`, async ({ browse }) => {
    const ada = await browse("ada");
    const title = unique("Found by name");
    const story = await importStory(ada, title, true);
    const page = await browse("ben", options);
    await open(page, titlePage(story.id));
    await follow(page, byline(page, "ada").first(), "**/authors/ada");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ada");
    await expect(page.getByTestId("handle")).toHaveText("@ada");
    await expect(page.getByTestId("story-link").filter({ hasText: title })).toBeVisible();
    // What is withdrawn goes while one looks.
    await ada.request.post("/api/unpublish_story", { form: { story: story.id } });
    await expect(page.getByTestId("story-link").filter({ hasText: title })).toHaveCount(0, { timeout: PROMPT });
    const post = await postByRequest(ada, unique("Said last."));
    await expect(card(page, post)).toBeVisible({ timeout: PROMPT });
    // And whoever follows on a page is one who follows on the others.
    const button = page.getByTestId("follow-button");
    await expect(button).toHaveAttribute("aria-pressed", "false");
    await button.click();
    await expect(button).toHaveText("Following author");
    await page.waitForTimeout(500);
    await page.reload();
    await expect(page.getByTestId("follow-button")).toHaveText("Following author");
    await page.request.post("/api/follow_author", { form: { author: await idOf(page), followed: "false" } });
  });
}

/** The author's id, as the page's own form has it. */
const idOf = (page: Page) => page.locator("input[name=author]").inputValue();

test("a card leads to the story, and its name to the author, without a script", async ({ browse }) => {
  const ada = await browse("ada");
  const story = await importStory(ada, unique("Two links"), true);
  const page = await browse("visitor", { ...PHONE, javaScriptEnabled: false });
  await page.goto("/novels");
  const one = page.locator(`[data-story-id="${story.id}"]`);
  const tap = await one.getByTestId("byline").boundingBox();
  expect(tap!.height).toBeGreaterThanOrEqual(44);
  await one.getByTestId("byline").click();
  await expect(page).toHaveURL(/\/authors\/ada$/);
  await page.locator(`[data-story-id="${story.id}"]`).getByTestId("story-link").click();
  await expect(page).toHaveURL(new RegExp(`${titlePage(story.id)}$`));
});

test("another handle: the old one leads on, and every name in other browsers is new", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const author = await browse("visitor");
  const name = `Nora${Date.now().toString(36)}`;
  await join(author, name);
  const [before, after] = [name.toLowerCase(), `${name.toLowerCase()}-writes`];
  const story = await importStory(author, unique("By Nora"), true);
  const reader = await browse("visitor");
  await open(reader, titlePage(story.id));
  await expect(byline(reader, before)).toHaveCount(1);

  await open(author, "/account");
  const form = author.getByTestId("about-form");
  await form.getByLabel("Handle").fill("ada");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByTestId("form-error")).toContainText("another person’s");
  await form.getByLabel("Handle").fill(`@${after}`);
  await form.getByLabel("What readers should know of you").fill("I write at night.\nMostly.");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(author.getByTestId("own-page")).toHaveText(`/authors/${after}`);
  await expect(byline(reader, after)).toHaveCount(1, { timeout: PROMPT });
  await reader.goto(`/authors/${before}`);
  await expect(reader).toHaveURL(new RegExp(`/authors/${after}$`));
  await expect(reader.getByTestId("bio")).toHaveText("I write at night.\nMostly.");
});

test("who one is, told without a script", async ({ browse }) => {
  const page = await browse("visitor", { javaScriptEnabled: false });
  const name = `Otto${Date.now().toString(36)}`;
  await join(page, name);
  await page.goto("/account");
  const form = page.getByTestId("about-form");
  await form.getByLabel("What readers should know of you").fill("I read.");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/\/account\?done=profile/);
  await page.getByTestId("own-page").click();
  await expect(page.getByTestId("bio")).toHaveText("I read.");
});

const found = (page: Page, story: string) => page.locator(`[data-story-id="${story}"]`);

for (const [where, options] of [
  ["a desk", {}],
  ["a phone", PHONE],
  ["a phone without a script", { ...PHONE, javaScriptEnabled: false }],
] as const) {
  test(`a story is found by Enter, on ${where}`, async ({ browse }) => {
    const ada = await browse("ada");
    const word = `lantern${Date.now().toString(36)}`;
    const story = await importStory(ada, `The ${word} keeper`, true);
    const page = await browse("visitor", options);
    await page.goto("/");
    const link = page.getByTestId("search-link");
    const box = (await link.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(page.viewportSize()!.width);
    if (where !== "a desk") expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
    await link.click();
    await expect(page).toHaveURL(/\/search$/);
    await page.getByRole("searchbox").fill(`${word.toUpperCase()} ada`);
    await page.getByRole("searchbox").press("Enter");
    await expect(page).toHaveURL(new RegExp(`/search\\?q=${word.toUpperCase()}`));
    await expect(found(page, story.id)).toBeVisible();
    await expect(page.getByRole("searchbox")).toHaveValue(`${word.toUpperCase()} ada`);
    await page.getByText("Filters").click();
    await page.getByLabel("Genre").selectOption({ label: "Horror" });
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByText("Nothing found")).toBeVisible();
    await expect(page.getByLabel("Genre")).toHaveValue("horror");
  });
}

test("what is withdrawn leaves the search while one looks", async ({ browse }) => {
  const ada = await browse("ada");
  const word = `kettle${Date.now().toString(36)}`;
  const story = await importStory(ada, word, true);
  const page = await browse("visitor");
  await open(page, `/search?q=${word}`);
  await expect(found(page, story.id)).toBeVisible();
  await ada.request.post("/api/unpublish_story", { form: { story: story.id } });
  await expect(found(page, story.id)).toHaveCount(0, { timeout: PROMPT });
});

test("what a story is, from the studio to its card, its page and the search", async ({ browse }) => {
  const ada = await browse("ada");
  const title = unique("Facts");
  const story = await importStory(ada, title, true);
  const editor = new Editor(ada, story.id);
  await editor.open();
  await ada.getByLabel("Status").selectOption("complete");
  await ada.getByLabel("Language").selectOption("de");
  await ada.getByLabel("Rating").selectOption("teen");
  await ada.getByTestId("tags-input").fill("Slow Burn, tea");
  await ada.getByLabel("Major character death").check();
  await editor.save("story");
  const page = await browse("visitor", PHONE);
  await open(page, titlePage(story.id));
  await expect(page.getByTestId("facts")).toContainText("Complete");
  await expect(page.getByTestId("facts")).toContainText("Major character death");
  await expect(page.locator(".title-name")).toHaveAttribute("lang", "de");
  await page.getByTestId("facts").getByRole("link", { name: "slow burn" }).click();
  await expect(page).toHaveURL(/\/search\?tag=slow\+burn$/);
  await expect(found(page, story.id)).toContainText("Complete");
  await open(page, `/search?tag=slow+burn&without=death`);
  await expect(found(page, story.id)).toHaveCount(0);
});
