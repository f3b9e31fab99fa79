// Menus lie over everything else. They close by Escape, and by a click elsewhere, and open without a script.
import { Editor } from "./support/editor.ts";
import { importStory, unique } from "./support/stories.ts";
import { expect, test } from "./support/test.ts";

for (const width of [390, 1440]) {
  test(`a menu closes by Escape, and by a click elsewhere, at ${width} px`, async ({ browse }) => {
    const author = await browse("ben");
    await author.setViewportSize({ width, height: 700 });
    const { id, scenes } = await importStory(author, unique("Menus"));
    await new Editor(author, id).open("scene", scenes[0]);
    const open = author.locator(":popover-open");
    const buttons = ["download-menu", "goals-button"].map((button) => author.getByTestId(button));
    for (const button of [...buttons, author.getByRole("button", { name: "Appearance" })]) {
      await button.click();
      await expect(open).toBeInViewport({ ratio: 1 });
      await author.keyboard.press("Escape");
      await expect(open).toHaveCount(0);
      await button.click();
      await expect(open).toHaveCount(1);
      // The margin of the page: on a phone a menu may lie over all else.
      await author.mouse.click(4, 350);
      await expect(open).toHaveCount(0);
    }
    // One closes the other.
    await author.getByTestId("download-menu").click();
    await author.getByTestId("goals-button").click();
    await expect(open).toHaveCount(1);
    await expect(author.getByTestId("goal-day")).toBeVisible();
  });
}

for (const width of [390, 1440]) {
  test(`the menu of a row in the outline closes by Escape, and by a click elsewhere, at ${width} px`, async ({ browse }) => {
    const author = await browse("ben", { viewport: { width, height: 700 } });
    const { id, scenes } = await importStory(author, unique("Menus"));
    const editor = new Editor(author, id);
    await editor.open("scene", scenes[0]);
    // On a phone the outline is a drawer, and stays when its menu goes.
    const outline = author.locator(".editor-outline-body");
    if (width === 390) await author.locator(".outline-summary").click();
    const open = author.locator(":popover-open");
    const button = editor.nodes("chapter").first().locator("xpath=..").locator(".menu-button");
    await button.click();
    await expect(open).toBeInViewport({ ratio: 1 });
    await author.keyboard.press("Escape");
    await expect(open).toHaveCount(0);
    await expect(button).toBeVisible();
    await button.click();
    await expect(open).toHaveCount(1);
    const { height } = (await outline.boundingBox())!;
    await outline.click({ position: { x: 8, y: height - 8 } });
    await expect(open).toHaveCount(0);
    await expect(button).toBeVisible();
    expect(author.url(), "nothing was opened").toContain(scenes[0]);
  });
}

test("a menu that is longer than a short window stays in it", async ({ browse }) => {
  const author = await browse("ben");
  await author.setViewportSize({ width: 1440, height: 420 });
  const { id, scenes } = await importStory(author, unique("Menus"), true);
  const editor = new Editor(author, id);
  await editor.open("scene", scenes[0]);
  await editor.nodes("chapter").last().locator("xpath=..").locator(".menu-button").click();
  await expect(author.locator(":popover-open")).toBeInViewport({ ratio: 1 });
  await author.getByTestId("delete-node").click();
  await editor.answer("no");
});

test("the appearance is chosen without a script", async ({ browse }) => {
  const page = await browse("visitor", { javaScriptEnabled: false });
  await page.goto("/");
  const sepia = page.getByRole("button", { name: "Sepia" });
  await expect(sepia).toBeHidden();
  await page.getByRole("button", { name: "Appearance" }).click();
  await sepia.click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "sepia");
});
