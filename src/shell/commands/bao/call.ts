/** One call of `bao`, and how a subcommand is declared. */
import type { ExecResult } from "just-bash/browser";
import type { Reach } from "../../../world/network.ts";
import type { Terminal } from "../../terminal.ts";
import { result, type Context } from "../lib/invocation.ts";
import type { Client } from "./client.ts";
import type { Flags } from "./flags.ts";

export interface BaoHost {
  readonly context: Context;
  readonly reach: Reach | undefined;
  readonly browser: Reach | undefined;
  readonly terminal: Terminal;
}

export interface BaoCall extends BaoHost {
  readonly client: Client;
  readonly flags: Flags;
  /** Behind the flags. */
  readonly args: readonly string[];
}

export interface BaoCommand {
  readonly name: string;
  /** Flags with a value, by name; all commands have `address`, `format` and the like. */
  readonly values?: readonly string[];
  readonly switches?: readonly string[];
  /** How many arguments it takes at least and at most. */
  readonly takes?: readonly [least: number, most: number];
  readonly run: (call: BaoCall) => Promise<ExecResult> | ExecResult;
}

export function success(text: string): ExecResult {
  return result(`Success! ${text}\n`);
}
