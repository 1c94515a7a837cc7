/** A world worth exporting, and a hostile one. */
import { Stage, headerOf } from "../../src/cli/attemptRun.ts";
import type { LabBundle } from "../../src/lab/bundle.ts";
import { walkLab } from "../walks/lab.ts";

export const exportLab: LabBundle = walkLab;

/** Branches, a merge, tags of both kinds, a stash, notes, packs with loose objects beside them, a rewritten history. */
export const RICH = String.raw`
git switch -q feature && echo f > feature.txt && git add . && git commit -qm "On the feature"
git switch -q main && echo m >> README.md && git commit -qam "On main"
git merge -q --no-edit feature
git tag -a v1.0 -m "First"
for i in 1 2 3; do echo "step $i" >> src/list.txt; git commit -qam "Step $i"; done
git gc -q
echo after >> README.md && git commit -qam "After packing"
git notes add -m "Seen by the harbour master"
git commit -q --amend -m "After packing, amended"
git switch -q -c rebased HEAD~3 && echo r > rebased.txt && git add . && git commit -qm "To be rebased" && git rebase -q main && git switch -q main
echo stashed >> README.md && echo also > untracked.txt && git stash -q -u
echo second >> docs/moon.txt && git stash push -q -m "another"
echo staged > staged.txt && git add staged.txt && echo changed >> README.md && echo loose > loose.txt
chmod +x src/list.txt && git branch -D feature
git reset -q --soft HEAD~1 && git commit -qm "Again"
echo more > more.txt && git add more.txt
`.trim();

export async function play(
  script: string,
): Promise<{ state: unknown; shown(line: string): Promise<string>; end(): Promise<void> }> {
  const stage = await Stage.open(exportLab, headerOf(exportLab, 9));
  for (const text of script.split("\n")) {
    const { applied, stderr } = await stage.apply({ kind: "line", terminal: 1, text });
    if (applied.exitCode !== 0) throw new Error(`${text}\n${stderr}`);
  }
  const { state } = await stage.client.ask({ ask: "snapshot" });
  const shown = async (line: string) => (await stage.apply({ kind: "line", terminal: 1, text: line })).stdout;
  return { state, shown, end: () => stage.end() };
}
