// The editor of a story, as its author uses it.
import { expect } from "@playwright/test";
import type { Locator, Page, Response } from "@playwright/test";
import { unique } from "./stories.ts";
import { open } from "./test.ts";
import type { Console } from "./test.ts";

export type Level = "story" | "part" | "chapter" | "scene";

export class Editor {
  readonly content: Locator;
  readonly title: Locator;
  readonly synopsis: Locator;
  readonly blurb: Locator;
  readonly status: Locator;
  readonly conflict: Locator;
  readonly recovered: Locator;

  constructor(
    readonly page: Page,
    readonly story: string,
  ) {
    this.content = page.getByTestId("scene-content-editor");
    this.title = page.getByTestId("title-input");
    this.synopsis = page.getByTestId("synopsis-editor");
    this.blurb = page.getByTestId("blurb-editor");
    this.status = page.getByTestId("save-status");
    this.conflict = page.getByTestId("conflict-panel");
    this.recovered = page.getByTestId("recovered-draft");
  }

  async open(level: Level = "story", id = "") {
    const place = level === "story" ? "" : `?${level}=${id}`;
    await open(this.page, `/studio/edit/story/${this.story}${place}`);
    await expect(this.page.getByTestId("save-button")).toBeVisible();
  }

  /** Saves, and waits until the page says so. Gives the server's answer. */
  async save(level: Level): Promise<Response> {
    const answer = this.page.waitForResponse(`**/api/save_${level}`);
    await this.page.getByTestId("save-button").click();
    await expect(this.status).toHaveText("Saved successfully");
    return answer;
  }

  /** Places of the outline at one level, in order. */
  nodes(level: Exclude<Level, "story">): Locator {
    return this.page.getByTestId(`${level}-node`);
  }

  /** Opens the menu of a place in the outline and takes something from it. */
  async choose(node: Locator, item: string) {
    await node.locator("xpath=..").locator(".menu-button").click();
    await this.page.getByTestId(item).click();
  }

  /** Publishes the story with the chapters that are offered. */
  async publish() {
    await this.page.getByTestId("publish-button").click();
    await this.answer("yes");
    await expect(this.page.getByTestId("unpublish-button")).toBeVisible();
  }

  /** Answers the question before something is done. */
  async answer(button: "yes" | "no") {
    const dialog = this.page.locator("dialog[open]");
    await dialog.locator(`button[value=${button}]`).click();
    await expect(dialog).toHaveCount(0);
  }
}

/** Saves another text in a scene, and gives that. */
export async function write(author: Page, story: string, scene: string, words: string): Promise<string> {
  const editor = new Editor(author, story);
  await editor.open("scene", scene);
  const text = unique(words);
  await editor.content.fill(text);
  await editor.save("scene");
  return text;
}

/** Nothing that is typed reaches the server before it is saved: it is in this browser alone. */
export async function keptHereAlone(page: Page, quiet: Console) {
  quiet.excuse(/ERR_FAILED.*keep_working_copy/);
  await page.context().route("**/api/keep_working_copy", (route) => route.abort());
  // What a page that is being left sends is not always caught on its way.
  await page.context().addInitScript(() => {
    const send = window.fetch;
    window.fetch = (to, how) => {
      const address = to instanceof Request ? to.url : String(to);
      return address.includes("keep_working_copy") ? Promise.reject(new TypeError("cut off")) : send(to, how);
    };
  });
}
