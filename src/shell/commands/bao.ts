/** `bao`: a client of the secret store's HTTP API. https://openbao.org/docs/commands/ */
import type { Command } from "just-bash/browser";
import type { Reach } from "../../world/network.ts";
import type { Terminal } from "../terminal.ts";
import { command } from "./lib/invocation.ts";

/** By itself, and through the browser that `bao login -method=oidc` opens. */
interface Ways {
  readonly reach?: Reach;
  readonly browser?: Reach;
}

/** Most sessions never call it: it is loaded when one does. */
export function baoCommand({ reach, browser }: Ways, terminal: Terminal): Command {
  return command("bao", async (args, context) => {
    const { bao } = await import("./bao/run.ts");
    return bao({ context, reach, browser, terminal }, args);
  });
}
