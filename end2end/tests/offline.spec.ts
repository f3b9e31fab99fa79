// Without a network: what is read opens and says that it may be old, and nothing else does.
import { expectAccessible } from "./support/accessible.ts";
import { Cable } from "./support/cable.ts";
import { write } from "./support/editor.ts";
import { join } from "./support/joining.ts";
import { recordOf } from "./support/storage.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import type { Story } from "./support/stories.ts";
import { alive, expect, open, reload, signedOut, test as base } from "./support/test.ts";
import type { BrowserContextOptions } from "@playwright/test";
import type { Page, Who } from "./support/test.ts";

interface Fixtures {
  /** Between the browsers of `far` and the server. */
  cable: Cable;
  /** A browser with a service worker, at the end of the cable. */
  far: (who: Who, options?: BrowserContextOptions) => Promise<Page>;
}

const test = base.extend<Fixtures>({
  cable: async ({ baseURL }, use) => {
    const cable = await Cable.to(process.env.QUIRE_URL_OF_READERS ?? baseURL!);
    await use(cable);
    await cable.cut();
  },
  far: async ({ browse, cable, quiet }, use) => {
    // The browser's own word for it.
    quiet.excuse(/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_FAILED|ERR_INCOMPLETE|WebSocket connection .* failed/);
    await use((who, options) => browse(who, { ...options, baseURL: cable.url, serviceWorkers: "allow" }));
  },
});

/** Waits until this browser has what it needs, and its answers are confirmed; those of other queries, too, by their names. */
async function isKept(page: Page, story: Story, ...queries: string[]) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(async () => !!(await caches.match("/app-shell", { ignoreVary: true })))).toBe(true);
  const records: string[] = [];
  for (const chapter of story.chapters.slice(0, 2)) records.push(await recordOf(page, "reading-page", chapter));
  for (const query of queries) records.push(await recordOf(page, query, story.id));
  await page.waitForLoadState("networkidle");
  await expect.poll(() => lag(page, records), "they are known up to what was seen").toBeLessThanOrEqual(0);
}

/** How far the oldest of these records lies below what this browser has seen. */
function lag(page: Page, records: string[]): Promise<number> {
  return page.evaluate((records) => {
    const seen = /quire-seen=[^.;]*\.(\d+)/.exec(document.cookie)?.[1] ?? "0";
    return Number(seen) - Math.min(...records.map((record) => Number(localStorage.getItem(`${record}-as-of`))));
  }, records);
}

/** A published story of an author of the test's own: what other tests do with theirs makes nothing old that is read here. */
async function published(author: Page, title: string): Promise<Story> {
  await join(author, "Jonas");
  return importStory(author, title, true);
}

const marked = (page: Page) => page.getByTestId("stale").first();

for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
  test(`the chapter that is read and the next one open, ${viewport.width} px wide`, async ({ browse, cable, far }) => {
    const author = await browse("visitor");
    const story = await published(author, unique("Underground"));
    const reader = await far("visitor", { viewport });
    await join(reader, "Nora", "reader");
    await open(reader, chapterPage(story.id, story.chapters[0]));
    await isKept(reader, story);
    await reader.getByLabel("Appearance").first().click();
    await reader.getByRole("button", { name: "Sepia" }).click();
    await expect.poll(async () => (await reader.context().cookies()).map(({ name }) => name)).toContain("quire-theme");
    await cable.cut();

    await reload(reader);
    await expect(reader.locator("html")).toHaveAttribute("data-theme", "sepia");
    await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
    await expect(marked(reader)).toBeVisible();
    await expect(reader.getByTestId("account-name")).toHaveText("Nora");
    const width = await reader.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(width[0]).toBeLessThanOrEqual(width[1]);
    await reader.getByTestId("next-chapter").click();
    await expect(reader.getByTestId("prose")).toContainText("The door was still open.");
    await expect(reader.getByTestId("failed-part")).toContainText("isn’t kept on this device");
    await expect(reader).toHaveTitle(/^Evening/);
    // As a document of its own, too.
    await open(reader, chapterPage(story.id, story.chapters[1]));
    await expect(reader.getByTestId("prose")).toContainText("The door was still open.");

    // What was not read says so, and comes when there is a line again.
    await open(reader, "/community");
    await expect(reader.getByTestId("failed")).toContainText("You seem to be offline");
    await open(reader, "/library");
    await expect(reader.getByTestId("failed")).toContainText("You seem to be offline");
    await cable.mend();
    await expect(reader.getByRole("heading", { name: "Library" })).toBeVisible({ timeout: 30_000 });
    await open(reader, chapterPage(story.id, story.chapters[0]));
    await expect(marked(reader)).toHaveCount(0);
  });
}

test("the way to what is kept begins at any address", async ({ browse, cable, far }) => {
  const author = await browse("visitor");
  const title = unique("On the ferry");
  const story = await published(author, title);
  const reader = await far("visitor");
  await open(reader, titlePage(story.id));
  await reader.getByTestId("chapter-link").first().click();
  await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
  await isKept(reader, story, "story-page");
  await cable.cut();
  await open(reader, "/studio");
  await expect(reader.getByTestId("kept-chapter")).toHaveText([`${title}: Morning`, `${title}: Evening`]);
  await expectAccessible(reader, "offline");
  await reader.getByTestId("kept-chapter").last().click();
  await expect(reader.getByTestId("prose")).toContainText("The door was still open.");
  await reader.getByRole("link", { name: "Contents" }).click();
  await expect(reader.getByTestId("chapter-link")).toHaveCount(2);
});

test("what changed meanwhile is on the page when there is a line again", async ({ browse, cable, far }) => {
  const author = await browse("visitor");
  const story = await published(author, unique("Flight mode"));
  const reader = await far("visitor");
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await isKept(reader, story);
  await cable.cut();
  await reload(reader);
  await expect(marked(reader)).toBeVisible();
  const text = await write(author, story.id, story.scenes[0], "The kettle had gone cold.");
  await cable.mend();
  await expect(reader.getByTestId("prose")).toContainText(text, { timeout: 30_000 });
  await expect(marked(reader)).toHaveCount(0);
});

test("what could not be had comes when there is a line again", async ({ browse, cable, far }) => {
  const author = await browse("visitor");
  const story = await published(author, unique("Over the mountains"));
  const reader = await far("visitor");
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await isKept(reader, story);
  await cable.cut();
  await reader.getByTestId("next-chapter").click();
  await expect(reader.getByTestId("failed-part")).toBeVisible();
  await expect(marked(reader)).toBeVisible();
  await cable.mend();
  await expect(reader.getByText("Nobody has said anything yet")).toBeVisible({ timeout: 30_000 });
  await expect(reader.getByTestId("failed-part")).toHaveCount(0);
  await expect(marked(reader)).toHaveCount(0);
});

test("a chapter that was taken back goes at the first contact", async ({ browse, cable, far, quiet }) => {
  quiet.excuse(/status of 404/);
  const author = await browse("visitor");
  const story = await published(author, unique("Taken back"));
  const reader = await far("visitor");
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await isKept(reader, story);
  await cable.cut();
  const form = { chapter: story.chapters[0], story: story.id };
  const answer = await author.request.post("/api/unpublish_story", { form });
  expect(answer.ok(), await answer.text()).toBe(true);
  await reload(reader);
  await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
  await cable.mend();
  await expect(reader.getByTestId("prose")).toHaveCount(0, { timeout: 30_000 });
  await cable.cut();
  await reload(reader);
  await expect(reader.getByTestId("failed")).toBeVisible();
  await expect(reader.locator("body")).not.toContainText("The kettle sang");
});

test("who saves does not meet the old text, without a network either", async ({ cable, far }) => {
  const author = await far("visitor");
  const story = await published(author, unique("My own words"));
  await open(author, chapterPage(story.id, story.chapters[0]));
  await isKept(author, story);
  const text = await write(author, story.id, story.scenes[0], "Somebody filled the kettle.");
  await cable.cut();
  await open(author, chapterPage(story.id, story.chapters[0]));
  await expect(author.locator("main")).toContainText(new RegExp(`${text}|You seem to be offline`));
  await expect(author.locator("body")).not.toContainText("The kettle sang");
});

test("who signs out leaves nothing", async ({ browse, cable, far, quiet }) => {
  quiet.excuse(/status of 401/);
  const author = await browse("visitor");
  const story = await published(author, unique("Read in a café"));
  const reader = await far("visitor");
  await join(reader, "Wanda", "reader");
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await isKept(reader, story);
  await reader.getByRole("button", { name: "Sign out", exact: true }).click();
  await signedOut(reader);
  await alive(reader);
  await cable.cut();
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await expect(reader.getByTestId("failed")).toContainText("You seem to be offline");
  await expect(reader.locator("body")).not.toContainText("Wanda");
  await expect(reader.locator("body")).not.toContainText("The kettle sang");
});

test("the app shell itself leads home", async ({ browse }) => {
  const page = await browse("visitor");
  await page.goto("/app-shell");
  await page.waitForURL((address) => address.pathname === "/");
  await alive(page);
});

test("it can be installed", async ({ page, baseURL }) => {
  await open(page, "/");
  const address = await page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = await (await page.request.get(address!)).json();
  expect(manifest).toMatchObject({ name: "Quire", start_url: "/", display: "standalone" });
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(new URL(src, baseURL).href);
    expect([icon.status(), icon.headers()["content-type"]], src).toEqual([200, type]);
  }
});
