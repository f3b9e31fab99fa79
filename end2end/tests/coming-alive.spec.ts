// A page is read before it is alive: its script waits until the page stands, or is touched; and comes again where a
// load fails.
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { alive, expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const WASM = /\/pkg\/\w+\.[0-9a-f]{16}\.wasm/;
const notice = (page: Page) => page.locator("#not-alive");

/** What the page asked for, by path, in order. */
function asked(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  return asked;
}

/** Holds a file that every page waits for, until it is let go. */
async function hold(page: Page): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((go) => (letGo = go));
  await page.route(/favicon|literata-latin-roman/, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

test("a reader's script waits for the text and its font", async ({ browse }) => {
  const page = await browse("visitor");
  const paths = asked(page);
  const letGo = await hold(page);
  await page.goto("/", { waitUntil: "commit" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForTimeout(500);
  expect(paths.filter((path) => path.startsWith("/pkg/"))).toEqual([]);
  letGo();
  await alive(page);
});

test("a page that is touched comes alive at once", async ({ browse }) => {
  const page = await browse("visitor");
  const letGo = await hold(page);
  await page.goto("/", { waitUntil: "commit" });
  await page.getByRole("heading", { level: 1 }).click();
  await alive(page);
  letGo();
});

test("a link that is followed before the page is alive leads there", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("Early"), true);
  const page = await browse("visitor");
  const letGo = await hold(page);
  await page.goto(titlePage(story.id), { waitUntil: "commit" });
  await page.getByTestId("chapter-link").first().click();
  await page.waitForURL(`**${chapterPage(story.id, story.chapters[0])}`, { waitUntil: "commit" });
  letGo();
  await alive(page);
});

test("the studio's script does not wait", async ({ browse }) => {
  const page = await browse("ada");
  const letGo = await hold(page);
  await page.goto("/studio", { waitUntil: "commit" });
  await alive(page);
  letGo();
});

test("a script that fails to load is asked for again", async ({ browse, quiet }) => {
  quiet.excuse(/Failed to load resource|Failed to fetch/);
  const page = await browse("visitor");
  let times = 0;
  await page.route(WASM, (route) => (times++ === 0 ? route.abort() : route.continue()));
  await open(page, "/");
  expect(times).toBe(2);
  await expect(notice(page)).toBeHidden();
});

test("a script that can't be loaded is told, and the page can be read and left", async ({ browse, quiet }) => {
  quiet.excuse(/Failed to load resource|Failed to fetch/);
  const page = await browse("visitor");
  await page.clock.install();
  let isThere = false;
  await page.route(WASM, (route) => (isThere ? route.continue() : route.abort()));
  await page.goto("/novels");
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(notice(page)).toBeVisible({ timeout: 100 });
  }).toPass();
  await page.locator(".wordmark").click();
  await page.waitForURL(/:\d+\/$/);
  isThere = true;
  await page.goBack();
  await alive(page);
  await expect(notice(page)).toBeHidden();
});

test("what a page loads is loaded once, and then only the page is asked for", async ({ browse }) => {
  const page = await browse("visitor");
  await open(page, "/");
  const again: string[] = [];
  page.on("response", async (response) => {
    const path = new URL(response.url()).pathname;
    const sizes = await response.request().sizes();
    if (!path.startsWith("/api/") && sizes.responseBodySize + sizes.responseHeadersSize > 0) again.push(path);
  });
  const wasm = page.waitForResponse(WASM);
  await page.goto("/");
  await alive(page);
  await page.waitForLoadState("networkidle");
  // A development build's is larger than what a private window keeps.
  expect(again.filter((path) => path !== "/" && !WASM.test(path))).toEqual([]);
  expect((await wasm).headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
});
