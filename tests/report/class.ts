/** A small class: five attempts of three learners at three labs, played by the command line. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../../src/cli/coreBuild.ts";
import { withLearner } from "../../src/ui/attempt/named.ts";

export const leaklab = (...args: string[]) =>
  spawnSync(process.execPath, ["src/cli/main.ts", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });

interface Played {
  readonly path: string;
  readonly learner: string;
  readonly lab: string;
  /** A case of the lab. */
  readonly case: string;
  readonly seed: number;
  /** What follows the script. */
  readonly further?: string;
}

const PLAYED: readonly Played[] = [
  {
    path: "monday/one.attempt",
    learner: "Ada =1+1 <b>",
    lab: "unpushed-leak",
    case: "wrong/W1-deleted-in-a-new-commit.sh",
    seed: 4,
    // Seen, and then left behind: met on the way, no longer at the end.
    further: 'lab check\n#@ {"kind":"hint","hint":1}\n#@ {"kind":"undo","count":3}\n',
  },
  {
    path: "monday/two.attempt",
    learner: "Ada =1+1 <b>",
    lab: "first-clean-pr",
    case: "solutions/reference.sh",
    seed: 4,
  },
  { path: "ben/leak.attempt", learner: "", lab: "unpushed-leak", case: "solutions/reference.sh", seed: 7 },
  { path: "cleo/leak.attempt", learner: "", lab: "unpushed-leak", case: "solutions/reference.sh", seed: 7 },
  { path: "cleo/key.attempt", learner: "", lab: "revoke-first", case: "wrong/W1-branch-cleaned.sh", seed: 4 },
];

export function makeClass(folder: string): void {
  const first = new Map<string, string>();
  for (const played of PLAYED) {
    const file = join(folder, played.path);
    mkdirSync(dirname(file), { recursive: true });
    const key = `${played.lab} ${played.case} ${played.seed}`;
    const known = first.get(key);
    if (known !== undefined) cpSync(known, file);
    else play(played, file, join(folder, "script.sh"));
    first.set(key, file);
  }
}

function play({ lab, case: name, seed, further = "", learner }: Played, file: string, script: string): void {
  writeFileSync(script, `${readFileSync(join(ROOT, "labs", lab, name), "utf8")}\n${further}`);
  const { stderr, status } = leaklab("run", lab, "--script", script, "--seed", String(seed), "--save", file);
  if (status !== 0 && status !== 1) throw new Error(stderr);
  writeFileSync(file, withLearner(readFileSync(file, "utf8"), learner));
}
