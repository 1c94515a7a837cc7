/** `aws`: a client of the cloud's services, over their own protocols. https://docs.aws.amazon.com/cli/latest/reference/ */
import type { Command } from "just-bash/browser";
import type { Reach } from "../../world/network.ts";
import type { Terminal } from "../terminal.ts";
import { command } from "./lib/invocation.ts";

/** Most sessions never call it: it is loaded when one does. */
export function awsCommand(reach: Reach | undefined, terminal: Terminal, now: () => number): Command {
  return command("aws", async (args, context) => {
    const { aws } = await import("./aws/run.ts");
    return aws({ context, reach, terminal, now }, args);
  });
}
