// The live line of a browser, which a test may cut, or never let through.
import type { BrowserContext, Page, WebSocketRoute } from "@playwright/test";

/** A page without a line, and without word from its browser's other tabs: it has to ask for itself. */
export async function withoutLine(page: Page) {
  await page.routeWebSocket("**/api/live", () => {});
  await page.addInitScript(() => {
    BroadcastChannel.prototype.postMessage = () => {};
  });
}

/** Lines of all tabs of one browser, which go to the server until they are cut. */
export class Lines {
  private open = new Set<WebSocketRoute>();
  private cut = false;
  /** How many were ever made. */
  made = 0;
  /** What the server said over them. */
  said: string[] = [];
  /** What the tabs said over them, beside that they are there. */
  asked: string[] = [];

  async watch(context: BrowserContext): Promise<this> {
    await context.routeWebSocket("**/api/live", (line) => {
      if (this.cut) return void line.close();
      this.made += 1;
      this.open.add(line);
      const server = line.connectToServer();
      line.onMessage((message) => {
        if (message !== '"here"') this.asked.push(String(message));
        server.send(message);
      });
      server.onMessage((message) => {
        this.said.push(String(message));
        line.send(message);
      });
    });
    return this;
  }

  /** Cuts them, and lets none through until they are mended. */
  async break() {
    this.cut = true;
    for (const line of this.open) await line.close();
    this.open.clear();
  }

  mend() {
    this.cut = false;
  }
}
