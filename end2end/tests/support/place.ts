// A place of a file's own: another server with a library of its own, for what would be in other tests' way, or they in
// its.
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BrowserContextOptions } from "@playwright/test";
import { PASSWORD, type Person, address } from "./people.ts";
import { type Program, QUIRE, serve } from "./program.ts";
import { type Page, type Who, expect, test } from "./test.ts";

type Browse = (who: Who, options?: BrowserContextOptions) => Promise<Page>;

export interface Place {
  /** A new browser at this place, of a person of the demo library or of a visitor. */
  enter: (browse: Browse, who: Person | "visitor", options?: BrowserContextOptions) => Promise<Page>;
}

/** Opens one before a file's tests, and closes it behind them. They come one after the other. */
export function ownPlace(): Place {
  test.describe.configure({ mode: "serial" });
  let program: Program;
  test.beforeAll(async () => {
    const env = {
      QUIRE_ADDR: "127.0.0.1:0",
      DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), "quire-place-")), "quire.db")}`,
      LEPTOS_SITE_ROOT: process.env.LEPTOS_SITE_ROOT ?? resolve(import.meta.dirname, "../../../target/site"),
      RUST_LOG: "warn",
      QUIRE_BUDGETS: "off",
    };
    execFileSync(QUIRE, ["seed"], { env: { ...process.env, ...env } });
    program = await serve(QUIRE, ["serve"], env);
  });
  test.afterAll(() => program.stop());
  return {
    enter: async (browse, who, options = {}) => {
      const page = await browse("visitor", { baseURL: program.address, ...options });
      if (who !== "visitor") {
        const form = { email: address(who), password: PASSWORD };
        expect((await page.request.post("/api/sign_in", { form })).ok()).toBe(true);
      }
      return page;
    },
  };
}
