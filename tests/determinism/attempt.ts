/**
 * One attempt with every kind of input in it, and what its world looks like at the end. Whoever replays the text in
 * whatever host must end in the digest.
 */
import { sha256 } from "../../src/base/digest.ts";
import type { Input } from "../../src/attempt/input.ts";
import { parseAttempt, printAttempt, type Attempt } from "../../src/attempt/log.ts";
import { headerOf, Stage, type Played } from "../../src/cli/attemptRun.ts";
import type { LabBundle } from "../../src/lab/bundle.ts";
import { walkLab } from "../walks/lab.ts";

export const determinismLab: LabBundle = walkLab;
const SEED = 20_260;
const TOP = "/home/learner/walk";

const line = (text: string, terminal = 1): Input => ({ kind: "line", terminal, text });

/** Inputs whose place in the log others must name are numbered as they are made. */
function inputsOf(): Input[] {
  const inputs: Input[] = [];
  const add = (...more: Input[]) => inputs.push(...more);
  const next = () => inputs.length + 1;

  // What a host could answer differently: time, zone, order, chance, compression.
  add(
    line(
      "date; date +%s%N; date -d '2026-03-29 02:30' +%T; printf '%(%F %T)T\\n' 0; touch -d '2026-01-02 03:04' dated.txt",
    ),
  );
  add(
    line(
      "printf '%s\\n' zebra Ångström aa ab Øre ärlig I ı i İ ß ẞ 10 9 | sort > sorted.txt; printf 'I\\n' | tr A-Z a-z >> sorted.txt; x=TITLE; echo ${x,,} >> sorted.txt",
    ),
  );
  add(
    line(
      "echo $RANDOM $RANDOM $SECONDS > chance.txt; awk 'BEGIN { srand(); print rand() }' >> chance.txt; shuf -e a b c d e f >> chance.txt; mktemp >> chance.txt",
    ),
  );
  add(
    line(
      "find . -newermt 2026-01-01 -printf '%p %TY-%Tm-%Td %TH:%TM\\n' 2>/dev/null | sort > found.txt; ls -la > listed.txt",
    ),
  );
  add(
    line(
      "gzip -k -c sorted.txt > sorted.gz; tar czf all.tgz docs src; sha256sum *.gz > sums.txt; git add . && git commit -q -m 'Host-dependent things'",
    ),
  );
  // History, packs, reflogs.
  add(
    line(
      "git switch -q feature; echo f >> README.md; git commit -qam 'On feature'; git switch -q main; git merge --no-edit feature",
    ),
  );
  add(line('for i in 1 2 3 4 5; do echo $i >> src/list.txt; git commit -qam "Step $i"; sleep 7; done'));
  add(
    line(
      "git tag -a v1 -m one; echo draft >> README.md; git stash; git gc -q; git repack -a -d -q; git reset -q --hard HEAD~1",
    ),
  );
  // A wait that is answered, one that is ended, one that is interrupted.
  add(line("read -r -p 'Name? ' name; echo \"hello $name\" > greeted.txt"));
  add({ kind: "reply", waiting: { terminal: 1, line: next() - 1 }, text: "Ada Ø" });
  add(line('read -r nothing; echo "[$nothing] $?" > ended.txt'));
  add({ kind: "reply", waiting: { terminal: 1, line: next() - 1 }, text: null });
  add(line("read -r never; echo not here"));
  add({ kind: "interrupt", terminal: 1, work: 0 });
  // The editor: saved and closed, then closed unsaved.
  add(line("git add . ; code notes.md"));
  const waiting = { terminal: 1, line: next() - 1 };
  add({
    kind: "edit",
    path: `${TOP}/notes.md`,
    content: "# Notes\n\nWritten in the editor.\n",
    replaces: "",
    waiting,
  });
  add({ kind: "close", waiting });
  // A save from the panel, a stale one that is refused.
  add({ kind: "edit", path: `${TOP}/panel.txt`, content: "one\n", replaces: "" });
  add({ kind: "edit", path: `${TOP}/panel.txt`, content: "two\n", replaces: sha256("one\n") });
  add({ kind: "edit", path: `${TOP}/panel.txt`, content: "never\n", replaces: sha256("one\n") });
  // A runaway, stopped in the middle.
  add(line("n=0; while true; do n=$((n + 1)); echo $n > count.txt; done"));
  add({ kind: "interrupt", terminal: 1, work: 137 });
  // A second terminal with a state of its own.
  add(line('cd ~/walk/src && tide=low && there() { echo "$tide in $PWD"; } && there', 2));
  add({ kind: "advance", seconds: 3600 });
  add(line("there > there.txt; alias ll='ls -l'; shopt -s nullglob; trap 'echo bye' EXIT", 2));
  add({ kind: "hint", hint: 1 });
  // Taken back, and done otherwise.
  add(line("rm -rf .git; echo gone"), line("echo lost > lost.txt"));
  add({ kind: "undo", count: 2 });
  add(
    line("declare -A m=([b]=2 [a]=1); arr=(x y z); export PAGER=cat; git log --oneline | head -3 > log.txt"),
  );
  add(line("exit 3", 2), line("echo again; true &", 2));
  add({ kind: "observation", name: "gate", value: "green" });
  add(line("git add -A; git commit -q -m Last; git status -s; git fsck --full --strict"));
  return inputs;
}

export const attemptInputs: readonly Input[] = inputsOf();

export interface Made {
  readonly text: string;
  readonly attempt: Attempt;
  readonly digest: string;
  readonly played: readonly Played[];
}

/** Plays the attempt once; its text holds a digest after every fifth input. */
export async function makeAttempt(): Promise<Made> {
  const header = headerOf(determinismLab, SEED);
  const stage = await Stage.open(determinismLab, header);
  const digests = new Map([[0, await stage.digest()]]);
  const played: Played[] = [];
  for (const [i, input] of attemptInputs.entries()) {
    if (isBusyInterrupted(i)) return madeBy(stage, played, digests, i);
    played.push(await stage.apply(input));
    if (played.length % 5 === 0) digests.set(played.length, await stage.digest());
  }
  throw new Error("the attempt has a runaway");
}

/** Only a replay can stop a busy line at its count, as the page does when it ends a worker: from there on it is one. */
async function madeBy(
  stage: Stage,
  played: readonly Played[],
  digests: Map<number, string>,
  from: number,
): Promise<Made> {
  const { header } = stage;
  await stage.end();
  const inputs = attemptInputs.slice(0, from + 2);
  const replayed = await Stage.open(determinismLab, header, inputs);
  const all = [...played];
  const { refused: _refused, ...applied } = (played.at(-1) as Played).applied;
  for (const [i, input] of inputs.slice(from).entries())
    all.push({
      entry: { seq: from + 1 + i, at: replayed.opened.clockMs, input },
      stdout: "",
      stderr: "",
      applied,
    });
  for (const input of attemptInputs.slice(from + 2)) {
    all.push(await replayed.apply(input));
    if (all.length % 5 === 0) digests.set(all.length, await replayed.digest());
  }
  const digest = await replayed.digest();
  digests.set(all.length, digest);
  await replayed.end();
  const text = printAttempt({ header, entries: all.map(({ entry }) => entry), digests });
  const parsed = parseAttempt(text);
  if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.message}`);
  return { text, attempt: parsed.value, digest, played: all };
}

function isBusyInterrupted(i: number): boolean {
  const next = attemptInputs[i + 1];
  return attemptInputs[i]?.kind === "line" && next?.kind === "interrupt" && next.work > 0;
}
