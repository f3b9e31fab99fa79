// The reader's place: told by the paragraph's text, on every device, at any type size; before signing in, too.
import { PASSWORD, address } from "./support/people.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

/** Paragraphs that can be told apart, longer than a line. */
function chapter(name: string, paragraphs: number): string {
  const one = (number: number) => `${name}, paragraph ${number}. ${"The tide came in and went out again. ".repeat(6)}`;
  return `## ${name}\n\n${Array.from({ length: paragraphs }, (_, at) => one(at)).join("\n\n")}\n`;
}

const BOOK = [chapter("Ebb", 40), chapter("Flood", 60), chapter("Slack", 40)].join("\n");

const told = /\/api\/keep_(spot|bookmarks)/;

/** The library hears of the place within a quarter of a minute. */
const heard = (page: Page) => page.waitForResponse((response) => told.test(response.url()) && response.ok());

/** Has a paragraph stand where one reads. */
async function readTo(page: Page, text: string) {
  await page.getByTestId("prose").getByText(text).evaluate((paragraph) => {
    window.scrollTo(0, window.scrollY + paragraph.getBoundingClientRect().top - 60);
  });
}

/** The paragraph that one reads. */
const reads = (page: Page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll(".prose p")];
    return all.find((one) => one.getBoundingClientRect().bottom > 80)?.textContent?.split(".")[0];
  });

test("another device goes on at the paragraph, whatever its size", async ({ browse }) => {
  test.slow();
  const [ada, ben] = [await browse("ada"), await browse("ben")];
  const title = unique("Tides");
  const story = await importStory(ada, title, true, BOOK);
  await open(ben, chapterPage(story.id, story.chapters[1]));
  await heard(ben);
  await readTo(ben, "Flood, paragraph 33.");
  await heard(ben);
  const phone = await browse("ben", { viewport: { width: 390, height: 800 } });
  await open(phone, "/");
  const card = phone.getByTestId("continue").getByRole("listitem").filter({ hasText: title });
  await expect(card.getByTestId("continue-link")).toHaveText("Continue with chapter 2");
  await card.getByTestId("continue-link").click();
  await expect(phone).toHaveURL(new RegExp(`${chapterPage(story.id, story.chapters[1])}#continue$`));
  await expect.poll(() => reads(phone)).toBe("Flood, paragraph 33");
  // The page took nobody's focus.
  expect(await phone.evaluate(() => document.activeElement?.closest(".prose"))).toBeNull();
  // A larger type.
  await open(phone, titlePage(story.id));
  await phone.evaluate(() => document.styleSheets[0].insertRule(".prose { font-size: 2rem !important }"));
  await phone.getByTestId("read-on").click();
  await expect.poll(() => reads(phone)).toBe("Flood, paragraph 33");
});

test("who turns to the next chapters is heard once in a quarter of a minute", async ({ browse }) => {
  test.slow();
  const [ada, ben] = [await browse("ada"), await browse("ben")];
  const story = await importStory(ada, unique("Often"), true, BOOK);
  const writes: number[] = [];
  ben.on("request", (request) => {
    if (told.test(request.url())) writes.push(Date.now());
  });
  await open(ben, chapterPage(story.id, story.chapters[0]));
  const end = Date.now() + 33_000;
  for (let paragraph = 1; Date.now() < end; paragraph = (paragraph % 30) + 1) {
    await readTo(ben, `Ebb, paragraph ${paragraph}.`);
    await ben.waitForTimeout(900);
  }
  const pauses = writes.slice(1).map((at, number) => at - writes[number]);
  expect(writes.length).toBeGreaterThan(1);
  for (const pause of pauses) expect(pause).toBeGreaterThan(14_900);
});

test("a visitor's place is this browser's, and comes along when they sign in", async ({ browse }) => {
  test.slow();
  const [ada, page] = [await browse("ada"), await browse("visitor")];
  const title = unique("Before signing in");
  const story = await importStory(ada, title, true, BOOK);
  await open(page, chapterPage(story.id, story.chapters[0]));
  await readTo(page, "Ebb, paragraph 39.");
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const kept = () => page.evaluate(() => localStorage.getItem("quire-bookmarks"));
  await expect.poll(async () => (await kept()) ?? "").toContain(`"ended":true`);
  await open(page, "/");
  await expect(page.getByTestId("continue-link")).toHaveText("Continue with chapter 2");
  await open(page, titlePage(story.id));
  await expect(page.getByTestId("read-on")).toHaveText("Continue with chapter 2");
  await expect(page.locator(".contents-item[data-read=true]")).toHaveCount(1);

  await open(page, "/sign-in?next=/");
  await page.getByLabel("E-mail address").fill(address("ben"));
  await page.getByLabel("Password").fill(PASSWORD);
  const merged = heard(page);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await merged;
  await expect.poll(kept).toBeNull();
  await open(page, titlePage(story.id));
  await expect(page.getByTestId("read-on")).toHaveText("Continue with chapter 2");
  await expect(page.locator(".contents-item[data-read=true]")).toHaveCount(1);
});

test("a chapter that is gone leads to the nearest, and says so", async ({ browse, quiet }) => {
  // A page that shows the chapter asks for it, and is told that it is gone.
  quiet.excuse(/status of 404/);
  test.slow();
  const [ada, ben, visitor] = [await browse("ada"), await browse("ben"), await browse("visitor")];
  const story = await importStory(ada, unique("Gone"), true, BOOK);
  await open(visitor, chapterPage(story.id, story.chapters[1]));
  await open(ben, chapterPage(story.id, story.chapters[1]));
  await heard(ben);
  await expect.poll(() => visitor.evaluate(() => localStorage.getItem("quire-bookmarks") ?? "")).toContain(story.id);
  await ada.request.post("/api/unpublish_chapter", { form: { chapter: story.chapters[1] } });
  for (const page of [ben, visitor]) {
    await open(page, titlePage(story.id));
    await expect(page.getByTestId("read-on")).toHaveText(
      "Continue with chapter 2: the one where you stopped is gone",
    );
    await page.getByTestId("read-on").click();
    await expect(page).toHaveURL(new RegExp(`${chapterPage(story.id, story.chapters[2])}#nearest$`));
    await expect(page.getByTestId("nearest")).toContainText("The chapter where you stopped is gone.");
  }
});

test("a page whose reader has scrolled already stays where it is", async ({ browse }) => {
  const [ada, ben] = [await browse("ada"), await browse("ben")];
  const story = await importStory(ada, unique("Mine"), true, BOOK);
  const [chapter] = story.chapters;
  const spot = { paragraph: 30, print: 0, thousandth: 0 };
  const reports = [{ story: story.id, mark: { chapter, number: 1, ended: false }, spot, base: 0, read: [] }];
  const answer = await ben.request.post("/api/keep_bookmarks", { data: { reports } });
  expect(answer.ok(), await answer.text()).toBe(true);
  let go: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  await ben.route("**/api/fetch_spot*", async (route) => {
    await held;
    await route.continue();
  });
  await open(ben, `${chapterPage(story.id, chapter)}#continue`);
  await ben.mouse.wheel(0, 300);
  await expect.poll(() => ben.evaluate(() => window.scrollY)).toBeGreaterThan(100);
  const answered = ben.waitForResponse(/fetch_spot/);
  go!();
  await answered;
  await ben.waitForTimeout(800);
  expect(await ben.evaluate(() => window.scrollY)).toBeLessThan(1_000);
});
