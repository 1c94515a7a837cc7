/** Options of the commands of `aws s3`. */
import { notSimulated, usageStop } from "../stop.ts";

export interface Words {
  readonly places: readonly string[];
  has(switchName: string): boolean;
  /** Patterns in their order; the last that fits a name counts. */
  readonly filters: readonly { readonly include: boolean; readonly pattern: string }[];
}

const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  ls: ["--recursive", "--human-readable", "--summarize"],
  cp: ["--recursive", "--quiet", "--only-show-errors", "--no-progress", "--dryrun", "--no-guess-mime-type"],
  mv: ["--recursive", "--quiet", "--only-show-errors", "--no-progress", "--dryrun"],
  rm: ["--recursive", "--quiet", "--only-show-errors", "--dryrun"],
  sync: ["--delete", "--quiet", "--only-show-errors", "--no-progress", "--dryrun", "--exact-timestamps"],
  mb: [],
  rb: ["--force"],
};

/** Known to the real tool, with a value; LeakLab does nothing with them. */
const ABSENT = [
  "--acl",
  "--sse",
  "--sse-kms-key-id",
  "--storage-class",
  "--grants",
  "--metadata",
  "--request-payer",
];

const NEEDED: Readonly<Record<string, readonly [least: number, most: number]>> = {
  ls: [0, 1],
  cp: [2, 2],
  mv: [2, 2],
  rm: [1, 1],
  sync: [2, 2],
  mb: [1, 1],
  rb: [1, 1],
};

export function readWords(command: string, args: readonly string[]): Words {
  const places: string[] = [];
  const on = new Set<string>();
  const filters: { include: boolean; pattern: string }[] = [];
  const strange: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const filter = /^--(include|exclude)(?:=([^]*))?$/.exec(arg);
    if (filter) filters.push({ include: filter[1] === "include", pattern: filter[2] ?? args[++i] ?? "" });
    else if (ABSENT.includes(arg.replace(/=.*/s, "")))
      throw notSimulated(`aws s3 ${command} ${arg.replace(/=.*/s, "")}`);
    else if (SWITCHES[command]?.includes(arg)) on.add(arg);
    else if (arg.startsWith("--")) strange.push(arg);
    else places.push(arg);
  }
  const [least, most] = NEEDED[command] as readonly [number, number];
  if (places.length < least)
    throw usageStop(`the following arguments are required: ${least === 1 ? "path" : "paths"}`);
  strange.push(...places.slice(most));
  if (strange.length > 0) throw usageStop(`Unknown options: ${strange.join(",")}`);
  return { places, has: (name) => on.has(name), filters };
}

/** As --exclude and --include say it; nothing said: everything. */
export function passes({ filters }: Words, name: string): boolean {
  let good = true;
  for (const { include, pattern } of filters) if (fits(pattern, name)) good = include;
  return good;
}

/** Patterns of fnmatch: `*` and `?`. Steps along the name, so that no pattern takes long. */
function fits(pattern: string, name: string): boolean {
  let [p, n, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === "*") [star, mark, p] = [p, n, p + 1];
    else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === name[n])) [p, n] = [p + 1, n + 1];
    else if (star >= 0) [p, mark, n] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}
