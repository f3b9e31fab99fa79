// A tab of a browser that keeps pages for the way back. Playwright's has that switched off, because its pages don't
// outlive a document; this one is spoken to in the browser's own protocol, over pipes.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { expect } from "./test.ts";

interface Told {
  id?: number;
  result?: Record<string, any>;
  error?: { message: string };
}

export class Tab {
  private said = 0;
  private waiting = new Map<number, (told: Told) => void>();
  private session?: string;

  private constructor(
    private browser: ChildProcess,
    private to: Writable,
    from: Readable,
  ) {
    let text = "";
    from.setEncoding("utf8").on("data", (chunk: string) => {
      const messages = (text + chunk).split("\0");
      text = messages.pop()!;
      for (const message of messages) {
        const told: Told = JSON.parse(message);
        if (told.id !== undefined) this.waiting.get(told.id)?.(told);
      }
    });
  }

  /** Of a new browser. */
  static async open(): Promise<Tab> {
    const folder = mkdtempSync(join(tmpdir(), "quire-tab-"));
    const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
    args.push("--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe");
    const browser = spawn(process.env.CHROMIUM_WITH_WINDOWS ?? process.env.CHROMIUM ?? "/usr/bin/chromium", [...args, `--user-data-dir=${folder}`], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    const tab = new Tab(browser, browser.stdio[3] as Writable, browser.stdio[4] as Readable);
    const { targetId } = await tab.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await tab.send("Target.attachToTarget", { targetId, flatten: true });
    tab.session = sessionId;
    return tab;
  }

  /** Loads an address, and waits for its page to be alive. */
  async load(address: string): Promise<void> {
    await this.send("Page.navigate", { url: address });
    await this.wait(`location.href === ${JSON.stringify(address)} && document.body?.dataset.hydrated !== undefined`);
  }

  /** As the button does. */
  async back(): Promise<void> {
    const { currentIndex, entries } = await this.send("Page.getNavigationHistory");
    await this.send("Page.navigateToHistoryEntry", { entryId: entries[currentIndex - 1].id });
    await this.wait(`location.href === ${JSON.stringify(entries[currentIndex - 1].url)}`);
  }

  /** What an expression says in the page. */
  async ask<T>(expression: string): Promise<T> {
    const { result } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    return result.value;
  }

  /** Until an expression is true in the page. */
  async wait(expression: string, options: { timeout?: number } = {}): Promise<void> {
    const holds = () => this.ask<boolean>(`!!(${expression})`).catch(() => false);
    await expect.poll(holds, { message: expression, intervals: [50], ...options }).toBe(true);
  }

  close(): void {
    this.browser.kill();
  }

  private async send(method: string, params: object = {}): Promise<Record<string, any>> {
    const id = ++this.said;
    const told = new Promise<Told>((hear) => this.waiting.set(id, hear));
    this.to.write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    const { result, error } = await told;
    this.waiting.delete(id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result!;
  }
}
