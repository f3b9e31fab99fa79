// Not a test: looks at every page, and leaves what it saw in target/screenshots.
import { resolve } from "node:path";
import { pages } from "./tests/support/pages.ts";
import { open, test } from "./tests/support/test.ts";

const folder = resolve(import.meta.dirname, "../target/screenshots");

for (const { name, who, path, notFound } of pages) {
  test(name, async ({ browse, quiet }) => {
    if (notFound) quiet.excuse(/status of 404/);
    const page = await browse(who, { reducedMotion: "reduce" });
    await open(page, await path(page));
    await page.evaluate(() => document.fonts.ready);
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        // A novel's pages are long; what is below a few screens looks like what is above.
        const height = await page.evaluate(() => Math.min(document.documentElement.scrollHeight, 5_000));
        await page.screenshot({
          path: `${folder}/${name}-${width}-${colorScheme}.png`,
          clip: { x: 0, y: 0, width, height },
          fullPage: true,
        });
      }
    }
  });
}
