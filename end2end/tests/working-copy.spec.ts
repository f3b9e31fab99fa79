// What is typed into a scene is kept a moment after typing stops: on the server, for its author, on all their devices.
import { timesOf, withClock } from "./support/clock.ts";
import { Editor, write } from "./support/editor.ts";
import { importStory, readStory, titlePage, unique } from "./support/stories.ts";
import { drafts } from "./support/storage.ts";
import { expect, open, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const KEPT = "Kept · not saved";

/** A scene of a new story, in this person's browser. */
async function openScene(page: Page, title: string, publish = false): Promise<{ editor: Editor; story: string; scene: string; chapter: string }> {
  const story = await importStory(page, unique(title), publish);
  const editor = new Editor(page, story.id);
  await editor.open("scene", story.scenes[0]);
  return { editor, story: story.id, scene: story.scenes[0], chapter: story.chapters[0] };
}

/** The same scene on another device of the same person. */
async function onAnother(page: Page, story: string, scene: string): Promise<Editor> {
  const editor = new Editor(page, story);
  await editor.open("scene", scene);
  return editor;
}

test("what is typed is kept by itself, and is there on another device at once", async ({ browse }) => {
  const [laptop, phone] = [await browse("ada"), await browse("ada", { viewport: { width: 390, height: 844 } })];
  const { editor, story, scene } = await openScene(laptop, "Kept");
  const old = await editor.content.inputValue();
  const other = await onAnother(phone, story, scene);
  const text = unique("Typed on the laptop.");
  await editor.content.fill(text);
  await expect(editor.status).toHaveText("Unsaved changes");
  await expect(editor.status).toHaveText(KEPT);
  await expect(editor.recovered).toHaveCount(0);
  expect(await drafts(laptop), "the server has it").toEqual([]);
  await expect(other.content).toHaveValue(text);
  await expect(other.status).toHaveText(KEPT);
  await expect(other.recovered).toContainText("is not saved yet");
  // It goes on there, and comes back.
  await other.content.press("Control+End");
  await other.content.pressSequentially(" And on the phone.");
  await expect(editor.content).toHaveValue(`${text} And on the phone.`);
  // A device that comes later has it in its first page.
  const third = await browse("ada", { javaScriptEnabled: false });
  await third.goto(`/studio/edit/story/${story}?scene=${scene}`);
  await expect(third.getByTestId("scene-content-editor")).toHaveValue(`${text} And on the phone.`);
  // A save ends it everywhere.
  await editor.save("scene");
  await expect(other.recovered).toHaveCount(0);
  await expect(other.status).not.toHaveText(KEPT);
  await expect(other.content).toHaveValue(`${text} And on the phone.`);
  expect(old).not.toEqual(text);
});

test("what is typed goes up two seconds after the last key, and after ten while one types on", async ({ browse }) => {
  const author = await browse("ada");
  await withClock(author);
  const times = await timesOf(author, "/api/keep_working_copy");
  const { editor } = await openScene(author, "By the clock");
  await author.clock.pauseAt(Date.now() + 60_000);
  const start = await author.evaluate(() => Date.now());
  const sent = async () => (await times()).map((at) => at - start);
  const type = async (key: string, then: number) => {
    await editor.content.press(key);
    await author.clock.runFor(then);
  };
  await type("a", 1_500);
  await type("b", 1_900);
  expect(await sent(), "the second key put it off").toEqual([]);
  await author.clock.runFor(600);
  expect(await sent()).toEqual([3_500]);
  await expect(editor.status).toHaveText(KEPT);

  // Who never pauses puts it off no further.
  for (let second = 0; second < 9; second += 1) await type("c", 1_000);
  await type("d", 900);
  expect(await sent(), "one still types").toHaveLength(1);
  await author.clock.runFor(600);
  expect(await sent()).toEqual([3_500, 14_000]);
  await expect(editor.status).toHaveText(KEPT);
});

test("readers, and the words they count, see nothing of it", async ({ browse }) => {
  const [author, visitor] = [await browse("ada"), await browse("visitor")];
  const { editor, story, chapter } = await openScene(author, "Not yet for readers", true);
  const page = `${titlePage(story)}/${chapter}`;
  await open(visitor, page);
  const before = await visitor.locator("main").innerText();
  await editor.content.fill(unique("Nobody reads this before it is saved."));
  await expect(editor.status).toHaveText(KEPT);
  await reload(visitor);
  expect(await visitor.locator("main").innerText()).toEqual(before);
});

test("one goes back to what is saved, and on again", async ({ browse }) => {
  const author = await browse("ada");
  const { editor } = await openScene(author, "Back");
  const old = await editor.content.inputValue();
  const text = unique("Not sure about this.");
  await editor.content.fill(text);
  await expect(editor.status).toHaveText(KEPT);
  await reload(author);
  await expect(editor.content).toHaveValue(text);
  await editor.recovered.getByRole("button", { name: "Go back to what is saved" }).click();
  await expect(editor.content).toHaveValue(old);
  await author.getByTestId("went-back").getByRole("button", { name: "Undo" }).click();
  await expect(editor.content).toHaveValue(text);
  await expect(editor.status).toHaveText(KEPT);
  await reload(author);
  await expect(editor.content).toHaveValue(text);
  await editor.recovered.getByRole("button", { name: "Go back to what is saved" }).click();
  await expect(editor.content).toHaveValue(old);
  await author.getByTestId("history-link").click();
  await expect(author.getByText("Not chosen, and kept").first()).toBeVisible();
});

test("offline it stays in the browser, and goes up when the line is back", async ({ browse, quiet }) => {
  quiet.excuse(/ERR_INTERNET_DISCONNECTED|Failed to fetch|WebSocket/);
  const author = await browse("ada");
  const { editor, story, scene } = await openScene(author, "Offline");
  await author.context().setOffline(true);
  const text = unique("Typed in a tunnel.");
  await editor.content.fill(text);
  await expect(editor.status).toHaveText("Offline: kept in this browser");
  expect(await drafts(author)).toHaveLength(1);
  await author.context().setOffline(false);
  await expect(editor.status).toHaveText(KEPT);
  await expect.poll(() => drafts(author)).toEqual([]);
  const other = await onAnother(await browse("ada"), story, scene);
  await expect(other.content).toHaveValue(text);
});

test("two devices type at once: both texts in one, and no question", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const [laptop, phone] = [await browse("ada"), await browse("ada")];
  const { editor, story, scene } = await openScene(laptop, "Both type");
  await editor.content.fill("The first paragraph.\n\nThe middle.\n\nThe last paragraph.");
  await editor.save("scene");
  const other = await onAnother(phone, story, scene);
  await expect(other.content).toHaveValue(/The middle/);
  await editor.content.fill("The first paragraph, from the laptop.\n\nThe middle.\n\nThe last paragraph.");
  await other.content.fill("The first paragraph.\n\nThe middle.\n\nThe last paragraph, from the phone.");
  const both = "The first paragraph, from the laptop.\n\nThe middle.\n\nThe last paragraph, from the phone.";
  await expect(editor.content).toHaveValue(both);
  await expect(other.content).toHaveValue(both);
  await expect(editor.status).toHaveText(KEPT);
  await expect(other.status).toHaveText(KEPT);
  await expect(other.conflict).toHaveCount(0);
  // The second of the two is told.
  await expect.poll(async () => (await laptop.getByTestId("joined").count()) + (await phone.getByTestId("joined").count())).toBe(1);
  const told = (await laptop.getByTestId("joined").count()) > 0 ? laptop : phone;
  await told.getByTestId("joined").getByText("See what was changed").click();
  const [theirs, mine] = told === phone ? ["laptop", "phone"] : ["phone", "laptop"];
  await expect(told.getByTestId("difference").locator("del")).toContainText(`from the ${theirs}`);
  await expect(told.getByTestId("difference").locator("ins")).toContainText(`from the ${mine}`);
});

test("two devices type in one place: the second is asked, and what it does not choose is a version", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const [laptop, phone] = [await browse("ada"), await browse("ada")];
  const { editor, story, scene } = await openScene(laptop, "One place");
  const other = await onAnother(phone, story, scene);
  await phone.context().setOffline(true);
  quiet.excuse(/ERR_INTERNET_DISCONNECTED|Failed to fetch|WebSocket/);
  await other.content.fill("All of it from the phone.");
  await expect(other.status).toHaveText("Offline: kept in this browser");
  await editor.content.fill("Everything from the laptop.");
  await expect(editor.status).toHaveText(KEPT);
  await phone.context().setOffline(false);
  await expect(other.conflict).toContainText("from the laptop");
  await expect(other.content).toHaveValue("All of it from the phone.");
  await phone.getByTestId("take-theirs").click();
  await expect(other.content).toHaveValue("Everything from the laptop.");
  await other.save("scene");
  await phone.getByTestId("history-link").click();
  await expect(phone.getByText("Not chosen, and kept").first()).toBeVisible();
});

test("a tab that is left at once loses nothing, and another scene opens with its own text", async ({ browse }) => {
  const author = await browse("ada");
  const { editor, story, scene } = await openScene(author, "Left at once");
  const text = unique("Typed and gone.");
  await editor.content.fill(text);
  await author.getByTestId("scene-node").nth(1).click();
  await expect(editor.content).toHaveValue("Nobody had filled it.");
  const phone = await onAnother(await browse("ada"), story, scene);
  await expect(phone.content).toHaveValue(text);
  await phone.content.fill(`${text} Twice.`);
  await phone.page.close();
  await author.goBack();
  await expect(editor.content).toHaveValue(`${text} Twice.`);
});

test("a story is not published past what is kept on another device", async ({ browse }) => {
  const [laptop, phone] = [await browse("ada"), await browse("ada")];
  const { editor, story, scene } = await openScene(laptop, "Publish what was typed");
  const text = unique("Typed on the laptop, not saved.");
  await editor.content.fill(text);
  await expect(editor.status).toHaveText(KEPT);
  const desk = new Editor(phone, story);
  await desk.open();
  await phone.getByTestId("publish-button").click();
  const dialog = phone.locator("dialog[open]");
  await expect(dialog).toContainText("with text that isn’t saved yet");
  await expect(dialog.locator("button[value=yes]")).toHaveText("Save and publish");
  await desk.answer("yes");
  await expect(phone.getByTestId("unpublish-button")).toBeVisible();
  const { chapters } = await readStory(phone, story);
  const visitor = await browse("visitor");
  await open(visitor, `${titlePage(story)}/${chapters[0]}`);
  await expect(visitor.locator("main")).toContainText(text);
  await expect(editor.status).not.toHaveText(KEPT);
  await expect(editor.content).toHaveValue(text);
  expect(scene).toBeTruthy();
});

test("the cursor stays where one types while a text comes from elsewhere", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const [laptop, phone] = [await browse("ada"), await browse("ada")];
  const story = await importStory(laptop, unique("The cursor"));
  await write(laptop, story.id, story.scenes[0], "Begin.");
  const editor = await onAnother(laptop, story.id, story.scenes[0]);
  const other = await onAnother(phone, story.id, story.scenes[0]);
  await editor.content.fill("One.\n\nTwo.\n\nThree.");
  await editor.save("scene");
  await expect(other.content).toHaveValue("One.\n\nTwo.\n\nThree.");
  await other.content.evaluate((area: HTMLTextAreaElement) => {
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  });
  await editor.content.fill("One, and a long beginning.\n\nTwo.\n\nThree.");
  await expect(other.content).toHaveValue(/a long beginning/);
  await other.content.pressSequentially(" The end.");
  await expect(other.content).toHaveValue("One, and a long beginning.\n\nTwo.\n\nThree. The end.");
});
