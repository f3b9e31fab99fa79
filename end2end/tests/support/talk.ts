// Talk: posts, comments and likes.
import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** Writes a post on the page that is open, and gives its id. */
export async function post(page: Page, text: string): Promise<string> {
  const form = page.getByTestId("post-form");
  await form.locator("textarea").fill(text);
  await form.getByRole("button", { name: "Post" }).click();
  const card = page.getByTestId("post").filter({ hasText: text });
  await expect(card).toBeVisible();
  await expect(form.locator("textarea")).toHaveValue("");
  return (await card.getAttribute("data-post-id"))!;
}

/** Writes a post without a page. */
export async function postByRequest(page: Page, text: string): Promise<string> {
  const answer = await page.request.post("/api/create_post", { form: { text } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).value;
}

export const card = (page: Page, id: string): Locator => page.locator(`[data-post-id="${id}"]`);

export const comment = (page: Page, text: string): Locator =>
  page.getByTestId("comment").filter({ has: page.getByTestId("comment-text").filter({ hasText: text }) });

/** Says yes to the question before something goes. */
export async function confirm(page: Page) {
  await page.locator("dialog[open]").getByTestId("confirm").click();
}
