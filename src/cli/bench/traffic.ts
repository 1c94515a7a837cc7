/** A proxy on the loopback interface that counts the bytes of each answer's body, as sent. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface Traffic {
  readonly url: string;
  /** Bytes by path, so far. */
  readonly bytes: ReadonlyMap<string, number>;
  close(): void;
}

export async function countTraffic(target: string): Promise<Traffic> {
  const bytes = new Map<string, number>();
  const server = createServer((asked, answer) => {
    const path = asked.url ?? "/";
    const onward = request(
      new URL(path, target),
      { method: asked.method ?? "GET", headers: asked.headers },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.on("data", (chunk: Buffer) => bytes.set(path, (bytes.get(path) ?? 0) + chunk.length));
        got.pipe(answer);
      },
    );
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, bytes, close };
}
