// Every text that a scene had can be looked at and had back, and two places at once lose nothing.
import { Editor, keptHereAlone, write } from "./support/editor.ts";
import { importStory, unique } from "./support/stories.ts";
import { expect, open, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const history = (scene: string) => `/studio/history/${scene}`;
const versions = (page: Page) => page.getByTestId("version-link");

/** Saves a scene's text past the open pages. */
async function save(page: Page, scene: string, content: string, base: number) {
  const save = { title: "", content, goal: "", conflict: "", outcome: "", base };
  const answer = await page.request.post("/api/save_scene", { data: { scene, save } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

test("a version is found from the editor, compared, restored, and Undo takes that back", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("With a past"));
  const text = await write(author, story.id, story.scenes[0], "The kettle was silent in an empty kitchen.");
  const editor = new Editor(author, story.id);
  await author.getByTestId("history-link").click();
  await author.waitForURL(`**${history(story.scenes[0])}`);
  await expect(versions(author)).toHaveCount(2);
  await expect(versions(author).first()).toContainText("Chrome on Linux");
  await expect(versions(author).first()).toContainText("(+");
  const savedAt = Date.parse((await versions(author).first().locator("time").getAttribute("datetime"))!);
  expect(Math.abs(Date.now() - savedAt), "it was saved within this minute").toBeLessThan(60_000);
  await versions(author).last().click();
  await expect(author.getByTestId("difference").locator("del").first()).toContainText("sang");
  await expect(author.getByTestId("difference").locator("ins").first()).toContainText("was ");
  await author.getByTestId("restore-version").click();
  await expect(author.getByTestId("toast")).toContainText("Restored");
  await expect(author.getByTestId("same-as-today")).toBeVisible();
  await expect(versions(author)).toHaveCount(3);
  await author.getByTestId("undo").click();
  await expect(versions(author)).toHaveCount(4);
  await author.getByTestId("back-to-scene").click();
  await expect(editor.content).toHaveValue(text);
});

test("the history is used with the keyboard alone", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("By keyboard"));
  await write(author, story.id, story.scenes[0], "The kettle hissed in an empty kitchen.");
  const editor = new Editor(author, story.id);
  await author.getByTestId("history-link").focus();
  await author.keyboard.press("Enter");
  await versions(author).last().focus();
  await author.keyboard.press("Enter");
  await author.getByTestId("restore-version").focus();
  await author.keyboard.press("Enter");
  await expect(author.getByTestId("same-as-today")).toBeVisible();
  await author.getByTestId("back-to-scene").focus();
  await author.keyboard.press("Enter");
  await expect(editor.content).toHaveValue("The kettle sang in an empty kitchen.");
});

test("a version is restored without a script", async ({ browse }) => {
  const author = await browse("ada", { javaScriptEnabled: false });
  const story = await importStory(author, unique("Plainly"));
  await save(author, story.scenes[0], "Nothing sang.", 1);
  await author.goto(history(story.scenes[0]));
  await versions(author).last().click();
  await author.getByTestId("restore-version").click();
  await expect(author.getByTestId("same-as-today")).toBeVisible();
  await expect(versions(author)).toHaveCount(3);
});

test("many versions are listed a page at a time", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("Often saved"));
  for (let base = 1; base <= 60; base += 1) await save(author, story.scenes[0], `Save ${base}.`, base);
  await open(author, history(story.scenes[0]));
  await expect(versions(author)).toHaveCount(50);
  await author.getByTestId("older").click();
  await expect(versions(author)).toHaveCount(11);
  await author.getByTestId("newest").click();
  await expect(versions(author)).toHaveCount(50);
});

test("the history of another person’s scene is not found", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const [ada, ben] = [await browse("ada"), await browse("ben")];
  const story = await importStory(ada, unique("Ada’s own"));
  await open(ben, history(story.scenes[0]));
  await expect(ben.getByTestId("failed")).toBeVisible();
  await expect(versions(ben)).toHaveCount(0);
});

test("two places write in one scene: both texts are kept, and a line says so", async ({ browse, quiet }) => {
  const [laptop, phone] = [await browse("ada"), await browse("ada")];
  for (const page of [laptop, phone]) await keptHereAlone(page, quiet);
  const story = await importStory(laptop, unique("Two places"));
  const scene = story.scenes[0];
  await save(laptop, scene, "It rained.\n\nShe went home.", 1);
  const [first, second] = [new Editor(laptop, story.id), new Editor(phone, story.id)];
  await first.open("scene", scene);
  await second.open("scene", scene);
  await second.content.fill("It rained.\n\nShe went home at last.");
  await first.content.fill("It snowed.\n\nShe went home.");
  await first.save("scene");
  await second.save("scene");
  await expect(phone.getByTestId("joined")).toBeVisible();
  await expect(second.content).toHaveValue("It snowed.\n\nShe went home at last.");
  await expect(first.content).toHaveValue("It snowed.\n\nShe went home at last.");
  // What is written on from there is saved as ever.
  await second.content.fill("It snowed.\n\nShe went home at last, and slept.");
  await second.save("scene");
  await expect(phone.getByTestId("joined")).toHaveCount(0);
  await reload(laptop);
  await expect(first.content).toHaveValue("It snowed.\n\nShe went home at last, and slept.");
});

test("the line that says two saves are one leads to both of them", async ({ browse, quiet }) => {
  const [laptop, phone] = [await browse("ada"), await browse("ada")];
  for (const page of [laptop, phone]) await keptHereAlone(page, quiet);
  const story = await importStory(laptop, unique("Both to be seen"));
  const scene = story.scenes[0];
  await save(laptop, scene, "It rained.\n\nShe went home.", 1);
  const editor = new Editor(phone, story.id);
  await editor.open("scene", scene);
  await editor.content.fill("It rained.\n\nShe went home at last.");
  await save(laptop, scene, "It snowed.\n\nShe went home.", 2);
  await editor.save("scene");
  await phone.getByTestId("joined").getByRole("link", { name: "See both versions" }).click();
  await phone.waitForURL(`**${history(scene)}`);
  await expect(versions(phone)).toHaveCount(5);
  await expect(versions(phone).first()).toContainText("Joined with what was saved elsewhere");
  await expect(versions(phone).nth(1)).toContainText("Saved while it was changed elsewhere");
  // Mine, and theirs: each beside what became of both.
  const difference = phone.getByTestId("difference");
  await versions(phone).nth(1).click();
  await expect(difference.locator("del")).toHaveText(["rained"]);
  await expect(difference.locator("ins")).toHaveText(["snowed"]);
  await versions(phone).nth(2).click();
  await expect(difference.locator("ins")).toHaveText([/at last/]);
  await expect(difference).not.toContainText("rained");
});

test("what is not chosen of two texts is a version", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const [laptop, phone] = [await browse("ada"), await browse("ada")];
  for (const page of [laptop, phone]) await keptHereAlone(page, quiet);
  const story = await importStory(laptop, unique("One of two"));
  const scene = story.scenes[0];
  const long = Array.from({ length: 120 }, (_, number) => `Line ${number}.`).join("\n\n");
  await save(laptop, scene, `${long}\n\nThe end.`, 1);
  const [first, second] = [new Editor(laptop, story.id), new Editor(phone, story.id)];
  await first.open("scene", scene);
  await second.open("scene", scene);
  await second.content.fill(`${long}\n\nMine ends well.`);
  await first.content.fill(`${long}\n\nTheirs goes on.`);
  await first.save("scene");
  await second.content.press("Control+End");
  await phone.keyboard.press("Control+s");
  // It comes to where the eye is, and shows what differs.
  await expect(second.conflict.getByText("saved somewhere else meanwhile")).toBeInViewport();
  await expect(phone.getByTestId("difference").locator("ins").first()).toContainText("Mine");
  await second.conflict.getByTestId("take-theirs").click();
  await expect(second.conflict).toHaveCount(0);
  await expect(second.content).toHaveValue(/Theirs goes on\.$/);
  await open(phone, history(scene));
  await expect(versions(phone).first()).toContainText("Not chosen, and kept");
  await versions(phone).first().click();
  await expect(phone.getByTestId("difference").locator("del").first()).toContainText("Mine");
});

for (const width of [390, 1440]) {
  test(`the history fits at ${width} px`, async ({ browse }) => {
    const author = await browse("ada", { viewport: { width, height: 900 } });
    const story = await importStory(author, unique("Narrow"));
    await save(author, story.scenes[0], "The kettle sang, and sang, in a kitchen that was not empty.", 1);
    await open(author, `${history(story.scenes[0])}?version=1`);
    await expect(author.getByTestId("difference")).toBeVisible();
    const wide = await author.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
  });
}
