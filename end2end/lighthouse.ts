// Not a test: prints a table of Lighthouse's figures, phone preset. Best of three each: other work on the machine makes
// a page slower, and never quicker.
import lighthouse, { type Result } from "lighthouse";
import { chromium, test } from "@playwright/test";
import { postByRequest } from "./tests/support/talk.ts";
import { chapterPage, novel, readStory, titlePage } from "./tests/support/stories.ts";
import { session } from "./tests/support/people.ts";

const TURNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const MEASURES = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight"];

/** A row of the table. */
function figures(result: Result): string[] {
  const scores = CATEGORIES.map((category) => String(Math.round((result.categories[category].score ?? 0) * 100)));
  return [...scores, ...MEASURES.map((measure) => result.audits[measure].displayValue ?? "")];
}

/** What fell short, so that it can be mended. */
function shortfalls(result: Result): string[] {
  const audits = CATEGORIES.filter((category) => category !== "performance")
    .flatMap((category) => result.categories[category].auditRefs)
    .map(({ id }) => result.audits[id]);
  return audits.filter(({ score }) => score !== null && score < 1).map(({ id, title }) => `${id}: ${title}`);
}

test("what a phone makes of the first pages", async ({ browser, baseURL }) => {
  test.setTimeout(30 * 60_000);
  const author = await (await browser.newContext({ baseURL, storageState: session("ada") })).newPage();
  const story = await readStory(author, novel());
  const post = await postByRequest(author, "What a phone makes of this.");
  const pages = {
    "front page": "/",
    shelf: "/novels",
    story: titlePage(story.id),
    chapter: chapterPage(story.id, story.chapters[0]),
    community: "/community",
    thread: `/community/${post}`,
  };
  const port = 9_300 + (process.pid % 500);
  const launch = test.info().project.use.launchOptions;
  const phone = await chromium.launch({ ...launch, args: [...(launch?.args ?? []), `--remote-debugging-port=${port}`] });
  const rows = [["page", ...CATEGORIES, "LCP", "TBT", "CLS", "loaded"]];
  const missing = new Set<string>();
  for (const [name, path] of Object.entries(pages)) {
    let best: Result | undefined;
    for (let turn = 0; turn < TURNS; turn += 1) {
      const run = await lighthouse(`${baseURL}${path}`, { port, onlyCategories: CATEGORIES, logLevel: "error" });
      const result = run!.lhr;
      const score = (result: Result) => result.categories.performance.score ?? 0;
      if (!best || score(result) > score(best)) best = result;
    }
    rows.push([name, ...figures(best!)]);
    for (const shortfall of shortfalls(best!)) missing.add(`${name}: ${shortfall}`);
  }
  await phone.close();
  const row = (cells: string[]) => `| ${cells.join(" | ")} |`;
  console.log([row(rows[0]), row(rows[0].map(() => "---")), ...rows.slice(1).map(row), ...missing].join("\n"));
});
