/** What the verbs of `git remote` share. */
import type { GitCall } from "../call.ts";
import type { Config } from "../lib/config.ts";
import { parseOptions, type Options } from "../lib/options.ts";
import type { Repository } from "../lib/repository.ts";
import { stop, type Transcript } from "../lib/transcript.ts";
import { remoteNames } from "../lib/transport/remotes.ts";

export interface Place {
  readonly call: GitCall;
  readonly repo: Repository;
  readonly t: Transcript;
}

export type Verb = (place: Place, args: readonly string[]) => Promise<number | void>;

/** An unknown remote ends the command with exit code 2. */
export function known(repo: Repository, name: string): void {
  if (!remoteNames(repo.config).includes(name)) stop(`error: No such remote: '${name}'\n`, 2);
}

/** A verb's own options; too few or too many operands end in its usage. */
export function operands<S extends Options>(
  { t }: Place,
  args: readonly string[],
  spec: S,
  usage: string,
  least: number,
  most: number,
) {
  const parsed = parseOptions(args, spec, { usage });
  if ("result" in parsed) return t.add(parsed.result).exitCode;
  if (parsed.rest.length < least || parsed.rest.length > most)
    return t.add({ stdout: "", stderr: usage, exitCode: 129 }).exitCode;
  return parsed;
}

export function branchesOf(config: Config, remoteName: string): string[] {
  return config.entries.flatMap((entry) => {
    const branch = /^branch\.(.+)\.remote$/.exec(entry.key)?.[1];
    return branch !== undefined && entry.value === remoteName ? [branch] : [];
  });
}
