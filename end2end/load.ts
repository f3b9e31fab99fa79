// Not a test: a few people read in browsers of their own, while `cargo xtask load` sends what many others ask.
// They follow links as `server/tests/load/walk.rs` has it, and in the end say what their browsers had.
import { writeFileSync } from "node:fs";
import { test } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { alive } from "./tests/support/test.ts";

interface Task {
  url: string;
  seconds: number;
  seed: number;
  told: string;
  /** The stories, the most read first. */
  popular: string[];
  /** Sessions of people who are signed in. */
  manager: string;
  member: string;
}

const task = JSON.parse(process.env.QUIRE_LOAD_TASK!) as Task;
/** Where pictures of the manager's page go, if somebody wants them. */
const pictures = process.env.QUIRE_LOAD_SCREENSHOTS;
const rank = new Map(task.popular.map((story, at) => [story, at + 1]));
const told = { visits: 0, pages: 0, hits: 0, misses: 0, ahead: 0, complaints: 0 };

test("people read", async ({ browser }) => {
  const until = Date.now() + task.seconds * 1_000;
  const people = [undefined, undefined, task.member, task.manager].map(async (session, number) => {
    const context = await browser.newContext({ baseURL: task.url, reducedMotion: "reduce" });
    if (session) await context.addCookies([{ name: "quire-session", value: session, url: task.url }]);
    const complain = (words: string) => {
      told.complaints += 1;
      console.log(`browser ${number}: ${words}`);
    };
    context.on("weberror", (error) => complain(String(error.error())));
    context.on("console", (message) => {
      // Stories come and go, and a node's figures are not for everybody.
      if (message.type() === "error" && !/status of 40[134]/.test(message.text())) complain(message.text());
    });
    const reader = new Reader(await context.newPage(), chance(task.seed * 10 + number));
    let pictured = !pictures || session !== task.manager;
    while (Date.now() < until) {
      await reader.visit(until);
      if (!pictured && Date.now() > until - task.seconds * 400) {
        pictured = true;
        await reader.picture();
      }
    }
    await context.close();
  });
  await Promise.all(people);
  writeFileSync(task.told, JSON.stringify(told));
});

/** Somebody who comes, reads, and goes; and comes again, to the same browser. */
class Reader {
  constructor(
    private page: Page,
    private dice: () => number,
  ) {}

  /** Comes by a link from elsewhere, and then follows those on the page. */
  async visit(until: number) {
    const story = task.popular[this.popular()];
    await this.page.goto(this.pick([[30, "/"], [25, "/novels"], [40, `/novels/${story}`], [5, "/community"]])!);
    await alive(this.page);
    told.pages += 1;
    do await this.pause(2_000, 6_000);
    while (Date.now() < until && (await this.goOn()));
    await this.count();
  }

  /** Pictures of what the page at hand says by now. */
  async picture() {
    await this.page.evaluate(() => document.fonts.ready);
    // Asked of what is old, if anything is: that has more to tell.
    const held = (judged: string) => this.page.getByRole("row").filter({ has: this.page.getByText(judged, { exact: true }) });
    const asked = (await held("stale").count()) > 0 ? held("stale") : held("fresh");
    await asked.first().getByText("Why?").click();
    for (const width of [1440, 390]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await this.page.setViewportSize({ width, height: 900 });
        await this.page.emulateMedia({ colorScheme });
        await this.page.waitForTimeout(1_200);
        // As far as what was asked: below it are lists.
        const height = await this.page.locator("#why").evaluate((why) => why.getBoundingClientRect().bottom + scrollY + 32);
        const path = `${pictures}/${width}-${colorScheme}.png`;
        await this.page.screenshot({ path, clip: { x: 0, y: 0, width, height }, fullPage: true });
      }
    }
    await this.page.emulateMedia({ colorScheme: "light" });
    await this.page.setViewportSize({ width: 1280, height: 720 });
  }

  /** Follows a link; whether there was a reason to. */
  private async goOn(): Promise<boolean> {
    const at = new URL(this.page.url()).pathname.split("/").slice(1);
    const stories = () => this.story();
    const link = (text: string) => () => this.page.getByRole("navigation", { name: "Main" }).getByText(text);
    const one = (among: string) => () => this.page.locator(among);
    const contents = one(".chapter-nav-contents");
    let next: (() => Locator | Promise<Locator>) | undefined;
    if (at[0] === "novels" && at.length === 3) {
      next = this.pick([[70, one(".chapter-nav a[rel=next]")], [10, contents], [20, undefined]]);
    } else if (at[0] === "novels" && at.length === 2) {
      next = this.pick([[60, one("[data-testid=chapter-link]")], [15, link("Novels")], [25, undefined]]);
    } else if (at[0] === "novels") {
      next = this.pick([[70, stories], [15, one(".genre-nav-link:not([aria-current])")], [15, undefined]]);
    } else if (at[0] === "community" && at.length === 2) {
      next = this.pick([[50, link("Community")], [50, undefined]]);
    } else if (at[0] === "community") {
      next = this.pick([[40, one("main .post-time")], [30, link("Novels")], [30, undefined]]);
    } else {
      next = this.pick([[60, stories], [20, link("Novels")], [10, link("Community")], [10, undefined]]);
    }
    const link_ = await next?.();
    return link_ !== undefined && (await this.follow(link_));
  }

  /** One of the stories on screen, by what is read most. */
  private async story(): Promise<Locator> {
    const links = this.page.getByTestId("story-link");
    const stories = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")!.split("/")[2]));
    const weights = stories.map((story, at): [number, number] => [1 / (rank.get(story) ?? task.popular.length), at]);
    return links.nth(this.pick(weights) ?? 0);
  }

  /** As a hand does: there, a moment on it, and down. A page that has no such link is where one stops. */
  private async follow(links: Locator): Promise<boolean> {
    const count = await links.count();
    if (count === 0) return false;
    const link = count === 1 ? links : links.nth(Math.floor(this.dice() * count));
    const before = this.page.url();
    // What changes under the hand, because a writer saved, is a miss for people too.
    const clicked = await link.hover().then(
      async () => {
        await this.pause(150, 400);
        await link.click();
        await this.page.waitForURL((url) => url.href !== before, { timeout: 15_000 }).catch(() => {
          throw new Error(`${link} of ${before} leads nowhere`);
        });
        return true;
      },
      () => false,
    );
    told.pages += Number(clicked);
    return clicked;
  }

  /** Goes to see what this tab's caches did since it was loaded, and adds that up. */
  private async count() {
    await this.page.locator("footer a[href='/debug/cache']").click();
    await this.page.waitForURL("**/debug/cache", { timeout: 15_000 }).catch(() => {
      throw new Error(`the link in the footer of ${this.page.url()} leads nowhere`);
    });
    const counted = (tier: string) => async (name: string) => {
      const card = this.page.getByTestId(`tier-${tier}`);
      await card.getByText("Hits", { exact: true }).waitFor();
      const value = card.locator(`dt:text-is("${name}") + dd`);
      await value.filter({ hasText: /\d/ }).waitFor();
      return Number((await value.innerText()).replace(/\D/g, ""));
    };
    const [signals, storage] = [counted("signals"), counted("localstorage")];
    // What the screen had not, localStorage was asked for.
    told.hits += (await signals("Hits")) + (await storage("Hits"));
    told.misses += await storage("Misses");
    told.ahead += await signals("Ahead");
    told.visits += 1;
  }

  private pause(least: number, most: number) {
    return this.page.waitForTimeout(least + this.dice() * (most - least));
  }

  /** Which story, by its rank: as in `walk.rs`. */
  private popular(): number {
    return this.pick(task.popular.map((_, at): [number, number] => [1 / (at + 1), at]))!;
  }

  private pick<T>(among: [number, T][]): T | undefined {
    let left = this.dice() * among.reduce((sum, [weight]) => sum + weight, 0);
    return among.find(([weight]) => (left -= weight) < 0)?.[1];
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
