// Nothing that axe objects to.
import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";

export async function expectAccessible(page: Page, when: string, rules?: string[]) {
  await settled(page);
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(" … ")}`);
  expect(told, when).toEqual([]);
}

/** Waits until nothing is on its way to another colour: in between, a button has neither theme's. */
function settled(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const ends = (one: Animation) => one.effect?.getComputedTiming().endTime !== Infinity;
    return Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished)).then(() => null);
  });
}
