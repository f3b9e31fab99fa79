// Goals: the words of today and of a story, as they are typed, and beside how many the author means to write.
import { expectAccessible } from "./support/accessible.ts";
import { Editor } from "./support/editor.ts";
import { join } from "./support/joining.ts";
import { importStory } from "./support/stories.ts";
import { expect, open, reload, test } from "./support/test.ts";

for (const width of [390, 1440]) {
  test(`what is typed counts towards the day's goal at ${width} px`, async ({ browse }) => {
    const author = await browse("visitor");
    await join(author, "Goals");
    await author.setViewportSize({ width, height: 900 });
    const { id: story, scenes } = await importStory(author, "Salt", false, "## One\n\nOnce there were five words.\n");
    const editor = new Editor(author, story);
    await editor.open("scene", scenes[0]);
    const goals = author.getByTestId("goals");
    await expect(goals).toContainText("Today: no words");

    await author.getByTestId("goals-button").click();
    await author.getByTestId("goal-day").fill("4");
    await author.getByTestId("goal-whole").fill("9");
    await goals.getByRole("button", { name: "Save" }).click();
    await expect(goals).toContainText("Today: 0 of 4 words");
    await expect(goals).toContainText("This story: 5 of 9 words");
    await expect(author.getByTestId("goal-day")).toBeHidden();

    // Not saved, and counted.
    await editor.content.fill("Once there were five words. And now");
    await expect(goals).toContainText("Today: 2 of 4 words");
    await editor.content.fill("Once there were five words. And now four more.");
    await expect(goals).toContainText("Today: 4 of 4 words, done");
    await editor.save("scene");
    await expect(goals).toContainText("Today: 4 of 4 words, done");
    await expect(goals).toContainText("This story: 9 of 9 words, done");
    await expectAccessible(author);

    // The same after a reload; and a goal can be given up.
    await reload(author);
    await expect(goals).toContainText("Today: 4 of 4 words, done");
    await author.getByTestId("goals-button").click();
    await expect(author.getByTestId("goal-day")).toHaveValue("4");
    await author.getByTestId("goal-day").fill("");
    await author.getByTestId("goal-whole").fill("0");
    await author.getByTestId("goal-whole").press("Enter");
    await expect(goals).toContainText("Today: 4 words");
    await expect(goals).not.toContainText("This story:");
  });
}

test("what is typed on one device counts on the other at once", async ({ browse }) => {
  const author = await browse("visitor");
  await join(author, "Goals");
  const { id: story, scenes } = await importStory(author, "Salt", false, "## One\n\nOnce.\n");
  const editor = new Editor(author, story);
  await editor.open("scene", scenes[0]);
  const other = await author.context().newPage();
  await open(other, `/studio/edit/story/${story}`);
  await expect(other.getByTestId("goals")).toContainText("Today: no words");
  await editor.content.fill("Once and twice.");
  await expect(other.getByTestId("goals")).toContainText("Today: 2 words");
});

test("a goal that is none is refused in words, and nothing is lost", async ({ browse }) => {
  const author = await browse("visitor");
  await join(author, "Goals");
  const { id: story, scenes } = await importStory(author, "Salt", false, "## One\n\nOnce.\n");
  await new Editor(author, story).open("scene", scenes[0]);
  await author.getByTestId("goals-button").click();
  const day = author.getByTestId("goal-day");
  await day.evaluate((field: HTMLInputElement) => field.removeAttribute("max"));
  await day.fill("99999999");
  await day.press("Enter");
  await expect(author.getByTestId("goals")).toContainText("A goal is a number of words, at most ten million.");
  await expect(day).toHaveValue("99999999");
  await author.keyboard.press("Escape");
  await expect(day).toBeHidden();
});
