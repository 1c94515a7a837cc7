/** What each file in commands/ exports. */
import type { ParseArgsConfig } from "node:util";
import type { Outcome } from "./usage.ts";

export interface Command {
  readonly usage: string;
  readonly about: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  run(args: readonly string[], values: Values): Promise<Outcome>;
}

export type Values = Readonly<Record<string, string | boolean | undefined>>;
