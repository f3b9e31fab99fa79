import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defineConfig } from "@playwright/test";
import { writeNovel } from "./tests/support/novel.ts";

// The built server itself, not `cargo run`: it starts at once, and stops when told.
const target = resolve(import.meta.dirname, "..", process.env.CARGO_TARGET_DIR ?? "target");
const quire = process.env.QUIRE_BIN ?? join(target, "debug", "quire");
const site = process.env.LEPTOS_SITE_ROOT ?? join(target, "site");

// Workers read this file again: only the first reading makes a library, the others inherit its place.
if (!process.env.QUIRE_TEST_LIBRARY) {
  const library = mkdtempSync(join(tmpdir(), "quire-"));
  process.env.QUIRE_TEST_LIBRARY = library;
  const austen = resolve(import.meta.dirname, "../../shared/manuscripts/pride-and-prejudice.md");
  process.env.QUIRE_TEST_NOVEL = existsSync(austen) ? austen : join(library, "novel.md");
  if (!existsSync(austen)) writeFileSync(process.env.QUIRE_TEST_NOVEL, writeNovel());
}
const library = process.env.QUIRE_TEST_LIBRARY;

// With a database and a Redis of their own the tests run on two nodes: writers on the one, readers on the other.
const shared = process.env.QUIRE_TEST_DATABASE;
const node = {
  env: {
    // Port 0 is a free one; the server says which.
    QUIRE_ADDR: "127.0.0.1:0",
    DATABASE_URL: shared ?? `sqlite:${library}/quire.db`,
    ...(shared ? { REDIS_URL: process.env.QUIRE_TEST_REDIS! } : {}),
    LEPTOS_SITE_ROOT: site,
    RUST_LOG: "warn",
    // All that is served and shown is looked at again, as far as there is time.
    QUIRE_SAMPLE: "1",
    // All browsers are at one address, and a few accounts do what hundreds would.
    QUIRE_BUDGETS: "off",
  },
  gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
  stderr: "pipe",
  timeout: 60_000,
} as const;

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  workers: 2,
  // What must be quick says so itself. All else may take its time: the machine is shared.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  reporter: [["line"], ["./tally.ts"]],
  globalSetup: "./tests/support/sign-in.ts",
  use: {
    // Set by the server's first line, see `wait`.
    baseURL: process.env.QUIRE_URL,
    // Each browser would fetch for one what most tests don't look at.
    serviceWorkers: "block",
    // Kept for every test, it costs a third of the run. `--trace retain-on-failure` makes one.
    trace: "off",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: [
    {
      ...node,
      // What the import says is where the tests learn the novel's address.
      command: [
        `"${quire}" seed`,
        `"${quire}" import "${process.env.QUIRE_TEST_NOVEL}" --author ada@quire.example --genre romance --publish > "${library}/novel.txt"`,
        `exec "${quire}" serve`,
      ].join(" && "),
      wait: { stdout: /listening on (?<QUIRE_URL>http:\S+)/ },
    },
    ...(shared
      ? [{ ...node, command: `exec "${quire}" serve`, wait: { stdout: /listening on (?<QUIRE_URL_OF_READERS>http:\S+)/ } }]
      : []),
  ],
});
