// Nothing that somebody typed is lost: not to another tab, not to a failure, not to a reload.
import { Editor, keptHereAlone } from "./support/editor.ts";
import { importStory, unique } from "./support/stories.ts";
import { drafts, everything } from "./support/storage.ts";
import { alive, expect, reload, test } from "./support/test.ts";
import type { Console, Page } from "./support/test.ts";

/** Two tabs of one browser at the same scene; the first has saved, and the second typed meanwhile. */
async function twoTabs(tab: Page, quiet: Console): Promise<{ first: Editor; second: Editor }> {
  await keptHereAlone(tab, quiet);
  const story = await importStory(tab, unique("Two tabs"));
  const first = new Editor(tab, story.id);
  const second = new Editor(await tab.context().newPage(), story.id);
  await first.open("scene", story.scenes[0]);
  await second.open("scene", story.scenes[0]);
  await second.content.fill("What the second tab says.");
  await first.content.fill("What the first tab says.");
  await first.save("scene");
  await second.page.getByTestId("save-button").click();
  await expect(second.conflict).toContainText("What the first tab says.");
  await expect(second.conflict).toContainText("What the second tab says.");
  await expect(second.content).toHaveValue("What the second tab says.");
  return { first, second };
}

test("two tabs edit one scene: keep mine", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const { first, second } = await twoTabs(await browse("ada"), quiet);
  await second.page.getByTestId("keep-mine").click();
  await expect(second.status).toHaveText("Saved successfully");
  await expect(second.conflict).toHaveCount(0);
  await reload(first.page);
  await expect(first.content).toHaveValue("What the second tab says.");
});

test("two tabs edit one scene: take theirs", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const { second } = await twoTabs(await browse("ada"), quiet);
  await second.page.getByTestId("take-theirs").click();
  await expect(second.content).toHaveValue("What the first tab says.");
  await expect(second.conflict).toHaveCount(0);
  await reload(second.page);
  await expect(second.content).toHaveValue("What the first tab says.");
  await expect(second.recovered).toHaveCount(0);
  // It is the saved text again, so it can be written on.
  await second.content.fill("What both say.");
  await second.save("scene");
});

test("two tabs edit one chapter: the second sees both titles", async ({ browse, quiet }) => {
  quiet.excuse(/status of 409/);
  const tab = await browse("ada");
  const story = await importStory(tab, unique("Two tabs, one chapter"));
  const [first, second] = [new Editor(tab, story.id), new Editor(await tab.context().newPage(), story.id)];
  await first.open("chapter", story.chapters[0]);
  await second.open("chapter", story.chapters[0]);
  await second.title.fill("Noon");
  await first.title.fill("Midnight");
  await first.save("chapter");
  await second.page.getByTestId("save-button").click();
  await expect(second.conflict).toContainText("Noon");
  await expect(second.conflict).toContainText("Midnight");
  await second.page.getByTestId("keep-mine").click();
  await expect(second.status).toHaveText("Saved successfully");
  await reload(first.page);
  await expect(first.title).toHaveValue("Noon");
});

for (const [how, status] of [["does not arrive", 0], ["fails", 500]] as const) {
  test(`a save that ${how} keeps the text, over a reload too`, async ({ browse, quiet }) => {
    quiet.excuse(/status of 500|ERR_FAILED|Failed to fetch/);
    const author = await browse("ada");
    const story = await importStory(author, unique("A failing save"));
    const editor = new Editor(author, story.id);
    await editor.open("scene", story.scenes[0]);
    await author.route("**/api/save_scene", (route) =>
      status ? route.fulfill({ status, json: "internal" }) : route.abort(),
    );
    const text = unique("Typed into the dark.");
    await editor.content.fill(text);
    await author.getByTestId("save-button").click();
    await expect(editor.status).toHaveText("Failed to save");
    await expect(editor.content).toHaveValue(text);

    await reload(author);
    await expect(editor.recovered).toBeVisible();
    await expect(editor.content).toHaveValue(text);
    await author.unroute("**/api/save_scene");
    await editor.save("scene");
    await expect(editor.recovered).toHaveCount(0);
    await expect.poll(async () => JSON.stringify(Object.keys(await everything(author)))).not.toContain("draft-");
    await reload(author);
    await expect(editor.recovered).toHaveCount(0);
    await expect(editor.content).toHaveValue(text);
  });
}

test("what was never saved is there after the tab was closed", async ({ browse }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("A closed tab"));
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[0]);
  const text = unique("Typed and left.");
  await editor.content.fill(text);
  await expect.poll(async () => JSON.stringify(await everything(author))).toContain(text);
  const browser = author.context();
  await author.close();

  const again = new Editor(await browser.newPage(), story.id);
  await again.open("scene", story.scenes[0]);
  await expect(again.recovered).toBeVisible();
  await expect(again.content).toHaveValue(text);
});

test("what two tabs left of one scene is both there, one after the other", async ({ browse, quiet }) => {
  const tab = await browse("ada");
  await keptHereAlone(tab, quiet);
  const browser = tab.context();
  const story = await importStory(tab, unique("Two tabs, two texts"));
  const [first, second] = [new Editor(tab, story.id), new Editor(await browser.newPage(), story.id)];
  await first.open("scene", story.scenes[0]);
  await second.open("scene", story.scenes[0]);
  const old = await first.content.inputValue();
  const texts = [unique("What the first tab says."), unique("What the second tab says.")];
  await first.content.fill(texts[0]);
  await expect.poll(() => drafts(tab)).toHaveLength(1);
  await second.content.fill(texts[1]);
  await expect.poll(() => drafts(tab)).toHaveLength(2);

  // Each tab finds its own again, though the other's is newer.
  await reload(tab);
  await expect(first.recovered).toBeVisible();
  await expect(first.content).toHaveValue(texts[0]);
  await tab.close();
  await second.page.close();

  const again = new Editor(await browser.newPage(), story.id);
  await again.open("scene", story.scenes[0]);
  const offered: string[] = [];
  for (const _ of texts) {
    await expect(again.recovered).toBeVisible();
    offered.push(await again.content.inputValue());
    await again.recovered.getByRole("button", { name: "Go back to what is saved" }).click();
    await expect(again.content).toHaveValue(old);
    await reload(again.page);
  }
  expect(offered.toSorted()).toEqual(texts.toSorted());
  await expect(again.recovered).toHaveCount(0);
  expect(await drafts(again.page)).toEqual([]);
});

test("a tab that is still open keeps its draft when another takes it over", async ({ browse, quiet }) => {
  const tab = await browse("ada");
  await keptHereAlone(tab, quiet);
  const story = await importStory(tab, unique("Taken over"));
  const [first, second] = [new Editor(tab, story.id), new Editor(await tab.context().newPage(), story.id)];
  await first.open("scene", story.scenes[0]);
  const text = unique("Typed in the first tab.");
  await first.content.fill(text);
  await expect.poll(() => drafts(tab)).toHaveLength(1);
  await second.open("scene", story.scenes[0]);
  await expect(second.content).toHaveValue(text);
  await expect.poll(() => drafts(tab)).toHaveLength(2);
  await second.recovered.getByRole("button", { name: "Go back to what is saved" }).click();
  await expect.poll(() => drafts(tab)).toHaveLength(1);
  await reload(tab);
  await expect(first.content).toHaveValue(text);
});

test("a draft is recovered in its browser, and can be discarded", async ({ browse, quiet }) => {
  const author = await browse("ada");
  await keptHereAlone(author, quiet);
  const story = await importStory(author, unique("A draft"));
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[0]);
  const old = await editor.content.inputValue();
  await editor.content.fill("Not sure about this.");
  await author.getByTestId("scene-node").nth(1).click();
  await author.waitForURL(`**scene=${story.scenes[1]}`);
  await expect(editor.content).toHaveValue("Nobody had filled it.");
  await author.goBack();
  await expect(editor.content).toHaveValue("Not sure about this.");
  await author.reload();
  await alive(author);
  await expect(editor.content).toHaveValue("Not sure about this.");
  await editor.recovered.getByRole("button", { name: "Go back to what is saved" }).click();
  await expect(editor.content).toHaveValue(old);
  await reload(author);
  await expect(editor.recovered).toHaveCount(0);
  await expect(editor.content).toHaveValue(old);
});

test("signed out meanwhile: the text stays, and is saved after signing in again", async ({ browse, quiet }) => {
  quiet.excuse(/status of 401/);
  quiet.excuse(/ERR_FAILED.*fetch_session/);
  const author = await browse("ada");
  const story = await importStory(author, unique("Signed out"));
  // A tab that asks before it saves closes what it shows: here the save is how it learns.
  await author.route("**/api/fetch_session", (route) => route.abort());
  const editor = new Editor(author, story.id);
  await editor.open("scene", story.scenes[0]);
  const text = unique("Typed without a session.");
  const cookies = await author.context().cookies();
  await author.context().clearCookies({ name: "quire-session" });
  await editor.content.fill(text);
  await author.getByTestId("save-button").click();
  await expect(editor.status).toHaveText("Failed to save");
  await expect(author.getByTestId("save-error")).toContainText("sign in first. What you wrote is still here.");
  await expect(editor.content).toHaveValue(text);
  await author.context().addCookies(cookies);
  await editor.save("scene");
  await reload(author);
  await expect(editor.content).toHaveValue(text);
});
