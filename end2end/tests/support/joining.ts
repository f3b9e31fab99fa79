// Accounts of a test's own: what other tests do with theirs is not theirs.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { NEW_PASSWORD } from "./people.ts";
import { unique } from "./stories.ts";

/** A new person, signed in on this page. */
export async function join(page: Page, name: string, role = "writer"): Promise<{ user: string; email: string }> {
  const email = `${unique(name).replaceAll(" ", "-")}@quire.example`.toLowerCase();
  const answer = await page.request.post("/api/register", { form: { name, email, password: NEW_PASSWORD, role } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return { user: (await answer.json()).value, email };
}
