/** A command of `gh`, and a group of them. */
import type { GhCall } from "./call.ts";
import { notSimulated, type ExitCode } from "./stop.ts";

export interface GhCommand {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Arguments as the usage shows them, with ` [flags]` where there are any. */
  readonly args?: string;
  /** One line, without a full stop. */
  readonly about: string;
  /** One flag a line, as `--help` shows them. */
  readonly flags?: string;
  /** How many arguments: at least, at most, and what is said where there are too few. */
  readonly takes?: readonly [least: number, most: number, missing?: string];
  /** Fields of `--json`. */
  readonly json?: readonly string[];
  /** Runs although nobody is signed in. */
  readonly open?: boolean;
  /** What it is given is not looked at. */
  readonly absent?: boolean;
  run(call: GhCall): Promise<ExitCode | void> | ExitCode | void;
}

export interface GhGroup {
  readonly name: string;
  readonly about: string;
  /** All its commands take `-R, --repo`. */
  readonly repoFlag?: boolean;
  readonly commands: readonly (GhCommand | GhGroup)[];
}

export function isGroup(item: GhCommand | GhGroup): item is GhGroup {
  return "commands" in item;
}

/** What real gh has and the lab does not. `path`: the whole command. */
export function absent(path: string, about: string): GhCommand {
  const refuse = () => {
    throw notSimulated(`gh ${path}`);
  };
  const name = path.slice(path.lastIndexOf(" ") + 1);
  return { name, about, open: true, absent: true, args: "<command> [flags]", run: refuse };
}
