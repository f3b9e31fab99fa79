// A program of a test's own: for what must not be shared, or is stopped and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const target = resolve(import.meta.dirname, "../../..", process.env.CARGO_TARGET_DIR ?? "target");

export const QUIRE = process.env.QUIRE_BIN ?? join(target, "debug", "quire");
export const GUESTBOOK = process.env.GUESTBOOK_BIN ?? join(target, "debug", "guestbook");

export interface Program {
  /** Where it listens. */
  address: string;
  stop: () => Promise<void>;
}

/** Starts a program, and waits until it says where it listens. */
export async function serve(program: string, args: string[], env: Record<string, string> = {}): Promise<Program> {
  const server: ChildProcess = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  server.stderr!.on("data", (said) => process.stderr.write(said));
  for await (const line of createInterface({ input: server.stdout! })) {
    const heard = /listening on (http:\S+)/.exec(line);
    if (!heard) continue;
    const ended = once(server, "exit");
    return {
      address: heard[1],
      stop: async () => {
        server.kill();
        await ended;
      },
    };
  }
  throw new Error(`${program} ended before it listened`);
}
