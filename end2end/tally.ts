// Says how it went on a line of its own, which is what CI reads.
import { rmSync } from "node:fs";
import type { Reporter, Suite } from "@playwright/test/reporter";

export default class Tally implements Reporter {
  private suite?: Suite;

  onBegin(_config: unknown, suite: Suite) {
    this.suite = suite;
  }

  onEnd() {
    const outcomes = this.suite?.allTests().map((test) => test.outcome()) ?? [];
    const passed = outcomes.filter((outcome) => outcome === "expected" || outcome === "flaky").length;
    const skipped = outcomes.filter((outcome) => outcome === "skipped").length;
    const failed = outcomes.length - passed - skipped;
    console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  }

  // The library of this run goes with it.
  async onExit() {
    const library = process.env.QUIRE_TEST_LIBRARY;
    if (library) rmSync(library, { recursive: true, force: true });
  }
}
