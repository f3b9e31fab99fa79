// A book is brought into the studio as a file; a file that is none is refused in a sentence.
import { readFileSync } from "node:fs";
import { expect, open, test } from "./support/test.ts";
import { unique } from "./support/stories.ts";
import type { Page } from "./support/test.ts";

/** Has a file looked at. */
async function look(page: Page, name: string, buffer: Buffer) {
  await page.getByTestId("import-file").setInputFiles({ name, mimeType: "text/plain", buffer });
  await page.getByTestId("import-button").click();
}

/** Has it looked at, and imports it. */
async function upload(page: Page, name: string, buffer: Buffer) {
  await look(page, name, buffer);
  await expect(page.getByTestId("understood")).toBeVisible();
  await page.getByTestId("import-button").click();
}

test("a novel is uploaded, with progress, and opened", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/studio");
  const novel = readFileSync(process.env.QUIRE_TEST_NOVEL!);
  // The answer waits until the progress was seen.
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route("**/api/import_story", async (route) => {
    await held;
    await route.continue();
  });
  await upload(page, "novel.md", novel);
  await expect(page.getByRole("progressbar", { name: "Import" })).toBeVisible();
  go();
  const result = page.getByTestId("import-result");
  await expect(result).toContainText("61 chapters");
  await expect(page.getByTestId("story-card").first()).toBeVisible();
  await result.getByRole("link").click();
  await page.waitForURL("**/studio/edit/story/*");
  await expect(page.getByTestId("chapter-node")).toHaveCount(61);
});

test("the bar of an upload moves as the file leaves", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/studio");
  // Two seconds for the file: the bar is seen on its way.
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 500_000 });
  await page.evaluate(() => {
    const tab = window as unknown as { bar: number[] };
    tab.bar = [];
    const look = () => {
      const bar = document.querySelector<HTMLProgressElement>('progress[aria-label="Import"]');
      if (bar && tab.bar.at(-1) !== bar.value) tab.bar.push(bar.value);
    };
    new MutationObserver(look).observe(document.body, { childList: true, attributes: true, subtree: true });
  });
  await look(page, "long.txt", Buffer.alloc(1_000_000, "It rained.\n\n"));
  await expect(page.getByTestId("understood")).toBeVisible();
  const bar = await page.evaluate(() => (window as unknown as { bar: number[] }).bar);
  expect(bar, "it never goes back").toEqual(bar.toSorted((a, b) => a - b));
  expect(bar.filter((percent) => percent > 0 && percent < 100).length, "it stands in between").toBeGreaterThan(2);
  await expect(page.getByRole("progressbar", { name: "Import" })).toHaveCount(0);
});

const refused: [string, Buffer, string][] = [
  ["that is a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]), "That is no text that can be read here."],
  ["with nothing in it", Buffer.from(" \n\n "), "There is no text in that file."],
];

for (const [what, bytes, sentence] of refused) {
  test(`a file ${what} is refused`, async ({ browse, quiet }) => {
    quiet.excuse(/status of 422/);
    const page = await browse("mira");
    await open(page, "/studio");
    await look(page, "book.txt", bytes);
    await expect(page.getByTestId("form-error")).toContainText(sentence);
    await expect(page.getByTestId("import-result")).toHaveCount(0);
  });
}

test("a file that is too large is refused, before it is sent and by the server", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/studio");
  const large = Buffer.alloc(16 * 1024 * 1024 + 1, "A word. ");
  await look(page, "large.txt", large);
  await expect(page.getByTestId("form-error")).toContainText("That file is too large");
  const file = { name: "large.txt", mimeType: "text/plain", buffer: large };
  const answer = await page.request.post("/api/import_story", { multipart: { file, genre: "literary", format: "novel" } });
  expect([413, 422]).toContain(answer.status());
});

test("a file without headings becomes one chapter, and its author is told", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/studio");
  await upload(page, "just-text.txt", Buffer.from("It was a night.\n\nIt was dark."));
  await expect(page.getByTestId("import-result")).toContainText("No headings were found");
});

test("what a file says of its genre and format is chosen, and may be chosen otherwise", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/studio");
  const title = unique("A comic of fear");
  await look(page, "comic.md", Buffer.from(`---\ntitle: ${title}\ngenre: horror\nformat: comic\n---\n\n## One\n\nBoo.\n`));
  await expect(page.getByTestId("understood")).toBeVisible();
  await expect(page.getByLabel("Genre").last()).toHaveValue("horror");
  await expect(page.getByLabel("Format").last()).toHaveValue("comic");
  await page.getByTestId("import-button").click();
  await page.getByTestId("import-result").getByRole("link").click();
  await page.waitForURL("**/studio/edit/story/*");
  await page.getByRole("link", { name: "About the story" }).click();
  await expect(page.getByLabel("Genre")).toHaveValue("horror");
  await expect(page.getByLabel("Format")).toHaveValue("comic");
});
