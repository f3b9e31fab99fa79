// The test every spec uses: browsers of several people, and a console that must stay silent.
import { test as base, expect } from "@playwright/test";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { session } from "./people.ts";
import type { Person } from "./people.ts";

/**
 * What is promised within a second may take four here: two browsers, a server and other work share two cores. What is
 * not told at all takes longer.
 */
export const PROMPT = 4_000;

/** Who looks: a person who is signed in, or a visitor who is not. */
export type Who = Person | "visitor";

/** Complaints in any browser of a test. It fails on those that it did not ask for. */
export class Console {
  private complaints: string[] = [];
  // Stories in view are fetched ahead, and the tests beside this one take theirs back. Most tests have no service worker.
  private excused: RegExp[] = [/status of 404 .*\/api\/fetch_story\?/, /^Service Worker registration blocked by Playwright/];

  /** A complaint that the test itself causes. */
  excuse(complaint: RegExp) {
    this.excused.push(complaint);
  }

  listen(context: BrowserContext) {
    context.on("weberror", (error) => this.complaints.push(String(error.error())));
    context.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      this.complaints.push(`${message.text()} (${message.location().url})`);
    });
  }

  unexcused(): string[] {
    return this.complaints.filter((complaint) => !this.excused.some((excused) => excused.test(complaint)));
  }
}

interface Fixtures {
  quiet: Console;
  /** A new browser: its own cookies, its own localStorage. */
  browse: (who: Who, options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  quiet: [
    async ({}, use) => {
      const quiet = new Console();
      await use(quiet);
      expect(quiet.unexcused(), "what browsers complained of").toEqual([]);
    },
    { auto: true },
  ],
  browse: async ({ browser, baseURL, quiet }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (who, options) => {
      const context = await newContext(browser, who, { baseURL: nodeOf(who) ?? baseURL, ...options });
      quiet.listen(context);
      opened.push(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});

/** Where there are two nodes, those who only look have the second. */
function nodeOf(who: Who): string | undefined {
  return who === "visitor" ? process.env.QUIRE_URL_OF_READERS : undefined;
}

function newContext(browser: Browser, who: Who, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({ ...options, storageState: who === "visitor" ? undefined : session(who) });
}

/** Opens a page and waits until it has come alive. */
export async function open(page: Page, path: string) {
  await page.goto(path);
  await alive(page);
}

export async function alive(page: Page) {
  await page.locator("body[data-hydrated]").waitFor({ state: "attached" });
}

/** Waits until a page whose session has ended stands there anew: its own reload would overtake what it is led to. */
export async function signedOut(page: Page, options?: { timeout: number }) {
  await expect(page.locator("header").getByRole("link", { name: "Sign in" })).toBeVisible(options);
}

/** Loads the page again. */
export async function reload(page: Page) {
  await page.reload();
  await alive(page);
}

export { expect };
export type { Page };
