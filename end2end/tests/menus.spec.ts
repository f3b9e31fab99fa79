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
    for (const button of ["download-menu", "goals-button"]) {
      await author.getByTestId(button).click();
      await expect(open).toBeInViewport({ ratio: 1 });
      await author.keyboard.press("Escape");
      await expect(open).toHaveCount(0);
      await author.getByTestId(button).click();
      await author.getByRole("heading", { level: 1 }).click();
      await expect(open).toHaveCount(0);
    }
    // One closes the other.
    await author.getByTestId("download-menu").click();
    await author.getByTestId("goals-button").click();
    await expect(open).toHaveCount(1);
    await expect(author.getByTestId("goal-day")).toBeVisible();
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
