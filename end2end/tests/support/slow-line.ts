// A slow line to the server: what goes to these addresses waits on its way, and arrives only if the browser still sends
// it then.
import { createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export class SlowLine {
  /** How the server answered each late request; 0 if the browser had given it up before it was due. */
  readonly answered: number[] = [];
  private goesOn!: () => void;
  private held = new Promise<void>((goesOn) => (this.goesOn = goesOn));
  private server = createServer((asked, answer) => void this.pass(asked, answer).catch(() => answer.destroy()));

  private constructor(
    private to: string,
    private late: string,
  ) {}

  /** A line to this server; closed by `close`. */
  static async to(server: string, late: string): Promise<SlowLine> {
    const line = new SlowLine(server, late);
    await new Promise<void>((listening) => line.server.listen(0, "127.0.0.1", listening));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What waits goes on, and so does all that comes after it. */
  release() {
    this.goesOn();
  }

  async close() {
    this.release();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async pass(asked: IncomingMessage, answer: ServerResponse) {
    const body: Buffer[] = [];
    for await (const part of asked) body.push(part as Buffer);
    const late = asked.url!.startsWith(this.late);
    if (late) await this.held;
    if (late && asked.socket.destroyed) return void this.answered.push(0);
    const passed = request(this.to + asked.url, { method: asked.method, headers: asked.headers }, (answered) => {
      if (late) this.answered.push(answered.statusCode!);
      answer.writeHead(answered.statusCode!, answered.rawHeaders);
      answered.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    passed.end(Buffer.concat(body));
  }
}
