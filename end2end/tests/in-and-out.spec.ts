// Stories leave as files and come back: the menu of downloads, the outline before an import, chapters for a story.
import { readFileSync } from "node:fs";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const BOOK = "---\ntitle: The Lamp\n---\n\n# Oil\n\n## One\n\nIt *rained*.[^1]\n\n[^1]: All night.\n\n***\n\nStill.\n\n## Two\n\nMorning.\n";

async function look(page: Page, name: string, buffer: Buffer) {
  await page.getByTestId("import-file").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await page.getByTestId("import-button").click();
  await expect(page.getByTestId("understood")).toBeVisible();
}

async function bringIn(page: Page, name: string, buffer: Buffer) {
  await open(page, "/studio");
  await look(page, name, buffer);
  await page.getByTestId("import-button").click();
  await expect(page.getByTestId("import-result")).toBeVisible();
  await page.getByTestId("import-result").getByRole("link").click();
  await page.waitForURL("**/studio/edit/story/*");
}

for (const width of [390, 1440]) {
  test(`a story is downloaded as each kind, and comes back, at ${width} px`, async ({ browse }) => {
    const page = await browse("mira", { viewport: { width, height: 900 } });
    await bringIn(page, "lamp.md", Buffer.from(BOOK));
    for (const [kind, ending] of [["markdown", "md"], ["epub", "epub"], ["docx", "docx"], ["html", "html"], ["text", "txt"]]) {
      await page.getByTestId("download-menu").click();
      const item = page.getByTestId(`download-${kind}`);
      await expect(item).toBeInViewport({ ratio: 1 });
      const [download] = await Promise.all([page.waitForEvent("download"), item.click()]);
      expect(download.suggestedFilename()).toBe(`The Lamp.${ending}`);
      expect(readFileSync(await download.path()).length).toBeGreaterThan(50);
    }
  });
}

for (const kind of ["docx", "epub", "html", "markdown"]) {
  test(`an outline, emphasis and notes survive in ${kind}`, async ({ browse }) => {
    const page = await browse("mira");
    await bringIn(page, "lamp.md", Buffer.from(BOOK));
    await page.getByTestId("download-menu").click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId(`download-${kind}`).click()]);
    await bringIn(page, download.suggestedFilename(), readFileSync(await download.path()));
    await expect(page.getByTestId("chapter-node")).toHaveCount(2);
    await expect(page.locator("[data-scene-id]")).toHaveCount(3);
    await page.getByTestId("scene-node").first().click();
    await expect(page.getByTestId("scene-content-editor")).toHaveValue(/It \*rained\*\.\[\^1\]\s+\[\^1\]: All night\./);
  });
}

test("levels are changed and a chapter left out before the import", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/studio");
  await look(page, "lamp.md", Buffer.from(BOOK));
  const headings = page.getByTestId("understood-heading");
  await expect(headings).toHaveCount(3);
  await expect(page.getByTestId("understood")).toContainText("2 chapters, 6 words");
  await expect(headings.nth(1)).toContainText("5 words, 2 scenes");
  await expect(headings.nth(2)).toContainText("1 word, 1 scene");
  await headings.nth(0).getByRole("combobox").selectOption("left-out");
  await headings.nth(2).getByRole("combobox").selectOption("left-out");
  await expect(page.getByTestId("understood")).toContainText("1 chapter, 5 words");
  await headings.nth(2).getByRole("combobox").selectOption("scene");
  await expect(page.getByTestId("understood")).toContainText("1 chapter, 6 words");
  await page.getByTestId("import-button").click();
  await page.getByTestId("import-result").getByRole("link").click();
  await page.waitForURL("**/studio/edit/story/*");
  await expect(page.getByTestId("chapter-node")).toHaveCount(1);
  await expect(page.getByTestId("scene-node")).toHaveCount(3);
});

test("chapters are imported into a story that is there", async ({ browse }) => {
  const page = await browse("mira");
  await bringIn(page, "lamp.md", Buffer.from(BOOK.replace("The Lamp", "The Other Lamp")));
  const editor = page.url();
  await open(page, "/studio");
  await look(page, "more.txt", Buffer.from("Chapter 3\n\nNoon caf\xe9, \xe9t\xe9 et d\xe9j\xe0 vu.\n\nChapter 4\n\nEvening.\n", "latin1"));
  await expect(page.getByTestId("understood-remarks")).toContainText("Windows-1252");
  await page.getByLabel("Import it as").selectOption({ label: "Chapters of The Other Lamp" });
  await page.getByTestId("import-button").click();
  await expect(page.getByTestId("import-result").getByRole("link")).toHaveText("The Other Lamp");
  await open(page, new URL(editor).pathname);
  await expect(page.getByTestId("chapter-node")).toHaveCount(4);
});

test("all of an account is one archive", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/account");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("export-account").click()]);
  expect(download.suggestedFilename()).toMatch(/^Quire .*\.zip$/);
  expect(readFileSync(await download.path()).subarray(0, 2).toString()).toBe("PK");
});
