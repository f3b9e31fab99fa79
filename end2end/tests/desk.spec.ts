// The tools of a scene's text: keys, the toolbar, pasting, finding and replacing. What each does to a text is in tables
// beside the code (app/src/pages/editor/scene_text); here, that it is typed, undone and kept in a browser.
import { Editor } from "./support/editor.ts";
import { importStory, unique } from "./support/stories.ts";
import { expect, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

/** The editor of a scene with this text, and the caret in it. */
async function openWith(page: Page, text: string): Promise<Editor> {
  const story = await importStory(page, unique("At the desk"));
  const editor = new Editor(page, story.id);
  await editor.open("scene", story.scenes[0]);
  await editor.content.fill(text);
  return editor;
}

/** Selects these words in the text. */
async function select(editor: Editor, words: string) {
  await editor.content.evaluate((area: HTMLTextAreaElement, words) => {
    const start = area.value.indexOf(words);
    area.focus();
    area.setSelectionRange(start, start + words.length);
  }, words);
}

const selection = (editor: Editor) =>
  editor.content.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));

const tool = (page: Page, name: string) => page.getByRole("toolbar").getByRole("button", { name });

test("keys make text bold, italic and a link; undo takes each back, and it is kept", async ({ browse }) => {
  const page = await browse("ada");
  const editor = await openWith(page, "The kettle 🦉 sang.");
  await select(editor, "kettle");
  await page.keyboard.press("Control+b");
  await expect(editor.content).toHaveValue("The **kettle** 🦉 sang.");
  expect(await selection(editor)).toBe("kettle");
  await page.keyboard.press("Control+i");
  await expect(editor.content).toHaveValue("The ***kettle*** 🦉 sang.");
  await page.keyboard.press("Control+z");
  await expect(editor.content).toHaveValue("The **kettle** 🦉 sang.");
  await page.keyboard.press("Control+b");
  await expect(editor.content).toHaveValue("The kettle 🦉 sang.");
  await select(editor, "sang");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("https://tea.example");
  await expect(editor.content).toHaveValue("The kettle 🦉 [sang](https://tea.example).");
  // The same way as typing: on the server, and there after a reload.
  await expect(editor.status).toHaveText("Kept · not saved");
  await reload(page);
  await expect(editor.content).toHaveValue("The kettle 🦉 [sang](https://tea.example).");
});

test("a pair of signs is typed into and left by the same keys", async ({ browse }) => {
  const page = await browse("ada");
  const editor = await openWith(page, "");
  await editor.content.focus();
  await page.keyboard.type("She ");
  await page.keyboard.press("Control+i");
  await page.keyboard.type("knew");
  await page.keyboard.press("Control+i");
  await page.keyboard.type(" it.");
  await expect(editor.content).toHaveValue("She *knew* it.");
});

test("the toolbar is one stop, its arrows go around, and a press leaves the selection", async ({ browse }) => {
  const page = await browse("ada");
  const editor = await openWith(page, "One line.\n\nAnother line.");
  await select(editor, "Another");
  await tool(page, "Bold").click();
  await expect(editor.content).toHaveValue("One line.\n\n**Another** line.");
  await expect(editor.content).toBeFocused();
  expect(await selection(editor)).toBe("Another");
  await tool(page, "Quote").click();
  await expect(editor.content).toHaveValue("One line.\n\n> **Another** line.");
  await editor.title.focus();
  await page.keyboard.press("Tab");
  await expect(tool(page, "Bold")).toBeFocused();
  await page.keyboard.press("End");
  await expect(tool(page, "Focus mode")).toBeFocused();
  for (const name of ["Preview", "Find and replace"]) {
    await page.keyboard.press("ArrowLeft");
    await expect(tool(page, name)).toBeFocused();
  }
  await page.keyboard.press("ArrowLeft");
  await expect(tool(page, "Scene break")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(editor.content).toBeFocused();
  await select(editor, "One line.");
  await tool(page, "Heading").click();
  await expect(editor.content).toHaveValue("# One line.\n\n> **Another** line.");
  await editor.content.press("End");
  await tool(page, "Scene break").click();
  await expect(editor.content).toHaveValue("# One line.\n\n***\n\n> **Another** line.");
});

test("on a phone the buttons are as large as a finger, and nothing is wider than the page", async ({ browse }) => {
  const page = await browse("ada", { viewport: { width: 390, height: 844 }, hasTouch: true });
  const editor = await openWith(page, "One line.");
  const sizes = async () => {
    const buttons = page.locator(".scene-text-head button:visible");
    return buttons.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
  };
  expect(Math.min(...(await sizes()))).toBeGreaterThanOrEqual(40);
  await tool(page, "Find and replace").tap();
  await expect(page.getByTestId("finder")).toBeVisible();
  expect(Math.min(...(await sizes()))).toBeGreaterThanOrEqual(40);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expect(editor.content).toBeVisible();
});

test("no tools where they would not work: without a script, and on paper", async ({ browse }) => {
  const page = await browse("ada");
  await openWith(page, "One line.");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".toolbar")).toBeHidden();
  const plain = await browse("ada", { javaScriptEnabled: false });
  await plain.goto(new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(plain.getByTestId("scene-content-editor")).toBeVisible();
  await expect(plain.locator(".toolbar")).toBeHidden();
});

/** Puts a text with styles into the clipboard. */
async function copy(page: Page, html: string, plain: string) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(
    async ([html, plain]) => {
      const blob = (text: string, type: string) => new Blob([text], { type });
      const item = new ClipboardItem({ "text/html": blob(html, "text/html"), "text/plain": blob(plain, "text/plain") });
      await navigator.clipboard.write([item]);
    },
    [html, plain],
  );
}

test("what is pasted keeps what story text can say; undo takes it back; Ctrl+Shift+V is plain", async ({ browse, quiet }) => {
  // What is pasted would run a script; the browser says that it doesn't.
  quiet.excuse(/inline event handler/);
  const page = await browse("ada");
  const editor = await openWith(page, "Before. After.");
  const html =
    "<h2>Two</h2><p>She <em>knew</em> it: <b>now</b>, 2 * 3, <a href='https://a.example/'>there</a>.</p><hr>" +
    "<p>Then <u>rain</u>.<script>window.ran = 1</script></p><img src='x' onerror='window.ran = 1'>";
  await copy(page, html, "Two She knew it");
  await select(editor, "After.");
  await page.keyboard.press("Control+v");
  const pasted = "## Two\n\nShe *knew* it: **now**, 2 \\* 3, [there](https://a.example/).\n\n***\n\nThen rain.";
  await expect(editor.content).toHaveValue(`Before. \n\n${pasted}`);
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  await page.keyboard.press("Control+z");
  await expect(editor.content).toHaveValue("Before. After.");
  await page.keyboard.press("Control+Shift+v");
  await expect(editor.content).toHaveValue("Before. Two She knew it");
  // Where nothing has a style, it is the browser that pastes.
  await copy(page, "<p>Only *text*.</p>", "Only *text*.");
  await editor.content.fill("");
  await page.keyboard.press("Control+v");
  await expect(editor.content).toHaveValue("Only *text*.");
});

test("words are found and replaced, and one undo takes all of it back", async ({ browse }) => {
  const page = await browse("ada");
  const filler = Array.from({ length: 80 }, (_, at) => `Line ${at} of a long night.`).join("\n\n");
  const text = `The key.\n\n${filler}\n\nA KEY, and monkeys.`;
  const editor = await openWith(page, text);
  const finder = page.getByTestId("finder");
  const count = finder.getByRole("status");
  // Elsewhere Ctrl+F is the browser's.
  await editor.title.focus();
  await page.keyboard.press("Control+f");
  await expect(finder).toHaveCount(0);
  await select(editor, "key");
  await page.keyboard.press("Control+f");
  await expect(finder.getByLabel("Find", { exact: true })).toHaveValue("key");
  await expect(count).toHaveText("1 of 3");
  await page.keyboard.press("Enter");
  await expect(count).toHaveText("2 of 3");
  await expect(page.locator(".finder-mark[data-current]")).toBeInViewport();
  await finder.getByRole("button", { name: "Previous match" }).click();
  await expect(count).toHaveText("1 of 3");
  await finder.getByRole("button", { name: "Next match" }).click();
  await expect(count).toHaveText("2 of 3");
  await finder.getByRole("button", { name: "Match case" }).click();
  await expect(count).toHaveText("2 of 2");
  await finder.getByRole("button", { name: "Whole words" }).click();
  await expect(count).toHaveText("1 of 1");
  for (const name of ["Match case", "Whole words"]) await finder.getByRole("button", { name }).click();
  await expect(count).toHaveText("2 of 3");
  // Escape goes to the match in the text.
  await page.keyboard.press("Escape");
  await expect(finder).toHaveCount(0);
  await expect(editor.content).toBeFocused();
  expect(await selection(editor)).toBe("KEY");
  await page.keyboard.press("Control+f");
  await finder.getByLabel("Replace with").fill("lock");
  await finder.getByLabel("Replace with").press("Enter");
  await expect(editor.content).toHaveValue(text.replace("KEY", "lock"));
  await expect(count).toHaveText("2 of 2");
  await finder.getByRole("button", { name: "Replace all" }).click();
  const replaced = text.replace("KEY", "lock").replaceAll("key", "lock");
  await expect(editor.content).toHaveValue(replaced);
  await expect(count).toHaveText("No matches");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(editor.content).toHaveValue(text.replace("KEY", "lock"));
  await expect(editor.status).toHaveText("Kept · not saved");
});

test("all of a long scene is replaced at once", async ({ browse }) => {
  const page = await browse("ada");
  const text = Array.from({ length: 200 }, (_, at) => `Mara counted ${at} lamps, and Mara slept.`).join("\n\n");
  const editor = await openWith(page, text);
  await select(editor, "Mara");
  await page.keyboard.press("Control+f");
  const finder = page.getByTestId("finder");
  await expect(finder.getByRole("status")).toHaveText("1 of 400");
  await finder.getByLabel("Replace with").fill("Nell");
  await finder.getByRole("button", { name: "Replace all" }).click();
  await expect(editor.content).toHaveValue(text.replaceAll("Mara", "Nell"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(editor.content).toHaveValue(text);
});
