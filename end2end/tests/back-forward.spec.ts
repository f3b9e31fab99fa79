// The back button: a browser that kept the page whole shows it at once, where it stood, and soon as it is now.
import { chromium } from "@playwright/test";
import type { BrowserContextOptions } from "@playwright/test";
import { write } from "./support/editor.ts";
import { session } from "./support/people.ts";
import { chapterPage, importStory, unique } from "./support/stories.ts";
import { PROMPT, expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

/** A Chromium as people have it: playwright's own keeps no page. */
async function keeping(options: BrowserContextOptions, use: (page: Page) => Promise<void>) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const baseURL = process.env.QUIRE_URL_OF_READERS ?? process.env.QUIRE_URL;
    await use(await (await browser.newContext({ baseURL, ...options })).newPage());
  } finally {
    await browser.close();
  }
}

/** Leaves a mark that no new document has. */
const mark = (page: Page) => page.evaluate(() => document.body.classList.add("was-here"));

test("a chapter that one comes back to stands where it stood, and is as new as any", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("There and back"), true);
  await keeping({}, async (page) => {
    await open(page, chapterPage(story.id, story.chapters[0]));
    await mark(page);
    await page.setViewportSize({ width: 390, height: 300 });
    const stood = await page.evaluate(() => (scrollTo(0, 150), scrollY));
    expect(stood).toBeGreaterThan(50);
    await page.goto("/robots.txt");
    const words = await write(author, story.id, story.scenes[0], "written meanwhile");
    await page.goBack();
    await expect(page.locator("body.was-here"), "the browser kept no page").toBeAttached();
    expect(await page.evaluate(() => scrollY)).toBe(stood);
    await expect(page.getByTestId("prose")).toContainText(words, { timeout: PROMPT });
  });
});

test("the back button shows nothing of who has signed out", async () => {
  await keeping({ storageState: session("ben"), baseURL: process.env.QUIRE_URL }, async (page) => {
    await open(page, "/");
    await expect(page.getByTestId("account-name")).toHaveText("Ben");
    await page.context().clearCookies({ name: "quire-session" });
    await page.goto("/robots.txt");
    await page.goBack();
    await expect(page.getByTestId("account-name")).toHaveCount(0, { timeout: PROMPT });
  });
});
