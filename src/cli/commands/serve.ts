import { spawn } from "node:child_process";
import type { Command } from "../command.ts";
import { serveSite } from "../siteServer.ts";
import { builtSite } from "../siteBuild.ts";
import { outcome, UsageError } from "../usage.ts";

export const command: Command = {
  usage: "serve [--port N] [--open]",
  about: "builds the site if need be and serves it on this machine only",
  options: { port: { type: "string" }, open: { type: "boolean" } },
  run: async (_args, values) => {
    const port = Number(values["port"] ?? 4321);
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new UsageError("--port wants a number from 0 to 65535");
    const server = await serveSite(await builtSite(), port);
    process.stdout.write(`LeakLab is at ${server.url} (Ctrl-C ends it)\n`);
    if (values["open"]) openBrowser(server.url);
    await server.closed;
    return outcome("");
  },
};

/** Best effort: where there is no desktop, the address stands on the screen. */
function openBrowser(url: string): void {
  const opener =
    process.platform === "darwin" ? "open" : process.platform === "win32" ? "explorer" : "xdg-open";
  const child = spawn(opener, [url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}
