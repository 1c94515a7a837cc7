/** What one run of `aws` has: the shell that calls it, the network, the clock. */
import type { Reach } from "../../../world/network.ts";
import type { Terminal } from "../../terminal.ts";
import type { Context } from "../lib/invocation.ts";

export interface Machine {
  readonly context: Context;
  /** Absent where there is no network. */
  readonly reach: Reach | undefined;
  readonly terminal: Terminal;
  /** Virtual time, ms since 1970. */
  now(): number;
}

/** Of an exported variable; an empty one is as none. */
export function environment({ context }: Pick<Machine, "context">, name: string): string | undefined {
  return context.exportedEnv?.[name] || undefined;
}
