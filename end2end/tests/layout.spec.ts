// Long words, large text, text that runs the other way, the place one left, keys that mean something else, paper.
import { follow } from "./support/going.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { postByRequest } from "./support/talk.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const LINK = `https://example.org/${"a".repeat(120)}`;
const WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau";
const HEBREW = "שלום עולם";

/** Nothing of the page is wider than the window. */
async function checkWidth(page: Page, path: string) {
  await open(page, path);
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width[0], path).toBeLessThanOrEqual(width[1]);
}

const direction = (page: Page, selector: string) =>
  page.locator(selector).first().evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    // A line has a rectangle for each run of one direction.
    const [line, place] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
    return line.left - place.left > place.right - line.right ? "right to left" : "left to right";
  });

test("words and links that are wider than a phone break", async ({ browse }) => {
  const author = await browse("ada", { viewport: { width: 360, height: 740 } });
  const story = await importStory(author, `${WORD} ${Date.now()}`, true, `## ${WORD}\n\n${WORD} ${LINK}\n`);
  const post = await postByRequest(author, `${unique("Look:")} ${LINK} ${WORD}`);
  await author.request.post("/api/add_comment", { form: { post, text: `${LINK} ${WORD}` } });
  for (const path of ["/", "/novels", titlePage(story.id), chapterPage(story.id, story.chapters[0]), "/community",
    `/community/${post}`, "/studio", "/publish", `/studio/edit/story/${story.id}`]) {
    await checkWidth(author, path);
  }
});

test("text of twice the size needs no sideways scrolling", async ({ browse }) => {
  const page = await browse("ada", { viewport: { width: 375, height: 740 } });
  const story = await importStory(page, unique("Twice the size"), true);
  const post = await postByRequest(page, unique("Twice the size."));
  // What a browser's own setting does.
  await page.addInitScript(() => {
    const enlarge = () => document.documentElement?.style.setProperty("font-size", "200%");
    new MutationObserver(enlarge).observe(document, { childList: true });
    addEventListener("DOMContentLoaded", enlarge);
  });
  for (const path of ["/", "/novels", titlePage(story.id), chapterPage(story.id, story.chapters[0]), "/community",
    `/community/${post}`, "/studio", "/publish", "/account", "/sign-in", "/register"]) {
    await checkWidth(page, path);
  }
});

test("Hebrew runs from right to left, wherever it stands", async ({ browse }) => {
  const page = await browse("ada");
  const words = `${HEBREW} ${Date.now()}`;
  const story = await importStory(page, words, true, `## ${HEBREW}\n\n${HEBREW}.\n\nEnglish again.\n`);
  const post = await postByRequest(page, words);
  await page.request.post("/api/add_comment", { form: { post, text: words } });
  await open(page, titlePage(story.id));
  expect(await direction(page, ".title-name")).toBe("right to left");
  await open(page, chapterPage(story.id, story.chapters[0]));
  expect(await direction(page, ".prose p")).toBe("right to left");
  expect(await direction(page, ".prose p:nth-of-type(2)")).toBe("left to right");
  await open(page, `/community/${post}`);
  expect(await direction(page, ".post-text")).toBe("right to left");
  expect(await direction(page, ".comment-text")).toBe("right to left");
  await open(page, `/studio/edit/story/${story.id}?scene=${story.scenes[0]}`);
  const sheet = page.getByTestId("scene-content-editor");
  expect(await sheet.evaluate((area) => getComputedStyle(area).direction)).toBe("rtl");
});

test("Back leads to the place one left", async ({ browse }) => {
  const author = await browse("ada");
  // A list that no other test adds to.
  const list = "/novels?genre=humour";
  for (let made = 0; made < 12; made += 1) await importStory(author, unique("To scroll past"), true, undefined, "humour");
  const page = await browse("visitor", { viewport: { width: 390, height: 740 } });
  await open(page, list);
  const away = page.getByTestId("story-link").nth(7);
  await away.scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollBy(0, 40));
  await page.waitForTimeout(200);
  const where = () => page.evaluate(() => Math.round(scrollY));
  const place = await where();
  expect(place).toBeGreaterThan(300);
  for (let turn = 0; turn < 2; turn += 1) {
    await follow(page, away, /\/novels\/\w+$/);
    await expect.poll(where).toBeLessThan(place);
    await page.goBack();
    await page.waitForURL(`**${list}`);
    await expect.poll(where).toBe(place);
    // And there it stays.
    await page.waitForTimeout(700);
    expect(await where()).toBe(place);
  }
});

test("an arrow key that means something else turns no page", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("Turning"), true);
  const page = await browse("visitor");
  const first = chapterPage(story.id, story.chapters[0]);
  await open(page, first);
  const stays = async () => {
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(300);
    expect(new URL(page.url()).pathname).toBe(first);
  };
  await page.locator(".prose p").first().selectText();
  await stays();
  await page.evaluate(() => getSelection()!.removeAllRanges());
  await page.locator(".appearance-menu-button").click();
  await stays();
  await page.keyboard.press("Escape");
  await page.locator(".appearance-menu[open]").evaluateAll((menus) => menus.forEach((menu) => menu.removeAttribute("open")));
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setPageScaleFactor", { pageScaleFactor: 2 });
  await stays();
  await session.send("Emulation.setPageScaleFactor", { pageScaleFactor: 1 });
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(`**${chapterPage(story.id, story.chapters[1])}`);
});

test("paper is white and ink is black, whatever the theme", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("On paper"), true);
  const page = await browse("visitor");
  for (const theme of ["dark", "sepia", "light"]) {
    await page.context().addCookies([{ name: "quire-theme", value: theme, url: process.env.QUIRE_URL_OF_READERS ?? process.env.QUIRE_URL! }]);
    await open(page, chapterPage(story.id, story.chapters[0]));
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const colours = await page.evaluate(() => {
      const of = (selector: string) => getComputedStyle(document.querySelector(selector)!);
      const link = document.querySelector("main a")!;
      return [of("html").backgroundColor, of(".prose p").color, getComputedStyle(link).color];
    });
    expect(colours, theme).toEqual(["rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(0, 0, 0)"]);
    await page.emulateMedia({ media: "screen" });
  }
});
