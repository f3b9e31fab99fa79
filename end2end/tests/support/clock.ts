// The clock of a page, in a test's hand: a busy machine moves nothing.
import type { Page } from "@playwright/test";

/** From the next page on it goes on its own; `page.clock` stops and moves it. */
export async function withClock(page: Page) {
  await page.clock.install();
  // This clock numbers timers from a million millions on. The app has 32 bits for a number, and could stop none.
  await page.addInitScript(() => {
    const [set, clear] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
    const timers: number[] = [];
    window.setTimeout = ((run: TimerHandler, ...rest: []) => timers.push(set(run, ...rest))) as typeof setTimeout;
    window.clearTimeout = (number) => clear(timers[Number(number) - 1]);
  });
}

/** Notes when a page asks for something, by its own clock; ask what it gives. From the next page on. */
export async function timesOf(page: Page, path: string): Promise<() => Promise<number[]>> {
  await page.addInitScript((path) => {
    const [send, tab] = [window.fetch, window as unknown as { asked: number[] }];
    tab.asked = [];
    window.fetch = (to, how) => {
      if ((to instanceof Request ? to.url : String(to)).endsWith(path)) tab.asked.push(Date.now());
      return send(to, how);
    };
  }, path);
  return () => page.evaluate(() => (window as unknown as { asked: number[] }).asked);
}
