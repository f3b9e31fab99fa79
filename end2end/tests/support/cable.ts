// The way to the server, which can be cut: for pages and the service worker alike, which the browser's own switch isn't.
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

export class Cable {
  private sockets = new Set<Socket>();
  private server?: Server;
  private port = 0;

  private constructor(private to: URL) {}

  static async to(address: string): Promise<Cable> {
    const cable = new Cable(new URL(address));
    await cable.mend();
    return cable;
  }

  /** The server's address at this end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Nothing goes through, and nobody answers. */
  async cut(): Promise<void> {
    const closed = new Promise((done) => this.server!.close(done));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** As it was, at the same address. */
  async mend(): Promise<void> {
    this.server = createServer((here) => {
      const there = connect(Number(this.to.port), this.to.hostname);
      for (const [one, other] of [
        [here, there],
        [there, here],
      ]) {
        this.sockets.add(one);
        one.on("error", () => one.destroy());
        one.on("close", () => {
          this.sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise<void>((done) => this.server!.listen(this.port, "127.0.0.1", done));
    this.port = (this.server.address() as AddressInfo).port;
  }
}
