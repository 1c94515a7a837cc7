/** What a walk may do next: sensible and careless git, everyday shell, nonsense and hostile lines. */
import type { Stream } from "../../src/base/stream.ts";
import type { Model } from "./model.ts";

export interface Action {
  readonly name: string;
  readonly weight: number;
  /** Absent: always. */
  when?(model: Model): boolean;
  make(rng: Stream, model: Model): string;
}

const WORDS = ["ebb", "flood", "neap", "spring", "buoy", "pier", "gauge", "chart", "swell", "drift"];
const FOLDERS = ["", "src/", "docs/", "src/deep/"];

const word = (rng: Stream) => rng.pick(WORDS);
const newPath = (rng: Stream) => `${rng.pick(FOLDERS)}${word(rng)}.${rng.pick(["txt", "md", "sh", "log"])}`;
const pick = (rng: Stream, items: readonly string[], otherwise: string) =>
  items.length > 0 ? rng.pick(items) : otherwise;
const tracked = (rng: Stream, model: Model) => pick(rng, model.tracked, "nothing.txt");
const untracked = (rng: Stream, model: Model) => pick(rng, model.untracked, newPath(rng));
const anyFile = (rng: Stream, model: Model) =>
  pick(rng, [...model.tracked, ...model.untracked], "nothing.txt");
const other = (rng: Stream, model: Model) => pick(rng, model.others, "no-such-branch");
const tag = (rng: Stream, model: Model) => pick(rng, model.tags, "no-such-tag");
const object = (rng: Stream, model: Model) => pick(rng, model.objects, "0".repeat(40));
const back = (rng: Stream, model: Model) => `HEAD~${rng.below(Math.max(1, model.commits))}`;
const revision = (rng: Stream, model: Model) =>
  rng.pick([
    "HEAD",
    back(rng, model),
    pick(rng, model.branches, "HEAD"),
    pick(rng, model.tags, "HEAD"),
    "@",
    "HEAD@{0}",
  ]);
const message = (rng: Stream) => `${word(rng)} ${word(rng)}`;

const inRepository = (model: Model) => model.repository;
const quiet = (model: Model) => model.repository && model.state === null && model.unmerged.length === 0;
const busy = (state: Model["state"]) => (model: Model) => model.state === state;

/** An action that needs the repository. */
function git(
  name: string,
  weight: number,
  make: Action["make"],
  when: (model: Model) => boolean = inRepository,
): Action {
  return { name: `git ${name}`, weight, when: (model) => model.repository && when(model), make };
}

function shell(name: string, weight: number, make: Action["make"]): Action {
  return { name, weight, make };
}

const edits: readonly Action[] = [
  shell("write a file", 6, (rng) => `mkdir -p src/deep docs && echo "${message(rng)}" > ${newPath(rng)}`),
  shell("append to a file", 6, (rng, model) => `echo ${word(rng)} >> ${anyFile(rng, model)}`),
  shell("change a line", 5, (rng, model) => `sed -i '1s/.*/${message(rng)}/' ${tracked(rng, model)}`),
  shell(
    "heredoc",
    3,
    (rng) =>
      `cat > ${newPath(rng).replace("src/deep/", "")} <<'END'\n${message(rng)}\n\t$HOME \`not run\`\nEND`,
  ),
  shell(
    "heredoc expanded",
    2,
    (rng) => `cat <<-END | tee ${word(rng)}.txt\n\t$PWD $((1 + 2)) $(echo ${word(rng)})\nEND`,
  ),
  shell("binary file", 2, (rng) => `printf '\\x00\\x01\\xff${word(rng)}\\n' > ${word(rng)}.bin`),
  shell("empty file", 2, (rng) => `touch ${newPath(rng).replace("src/deep/", "")}`),
  shell(
    "odd names",
    2,
    (rng) =>
      `echo x > "${rng.pick(["a b", "-n", "ü-${word(rng)}", "tab\\there", "#hash", "quote'd", "\u65e5\u672c"])}.txt"`,
  ),
  shell("delete a file", 2, (rng, model) => `rm -f -- "${anyFile(rng, model)}"`),
  shell(
    "mode",
    2,
    (rng, model) => `chmod ${rng.pick(["+x", "-x", "644", "755", "600"])} "${anyFile(rng, model)}"`,
  ),
  shell("move", 2, (rng, model) => `mv -- "${anyFile(rng, model)}" ${word(rng)}-moved.txt`),
  shell("link", 1, (rng, model) => `ln -s${rng.pick(["", "f"])} "${anyFile(rng, model)}" ${word(rng)}-link`),
  shell(
    "file becomes folder",
    1,
    (rng) =>
      `rm -rf ${word(rng)}.txt && mkdir -p ${word(rng)}.txt && echo in > ${word(rng)}.txt/inside 2>/dev/null || true`,
  ),
];

const staging: readonly Action[] = [
  git(
    "add file",
    8,
    (rng, model) => `git add -- "${untracked(rng, model)}"`,
    (model) => model.untracked.length > 0,
  ),
  git("add all", 7, (rng) => `git add ${rng.pick(["-A", ".", "-u", "--all"])}`),
  git("add glob", 2, (rng) => `git add '*.${rng.pick(["txt", "md", "nope"])}'`),
  git("add -f", 1, (rng) => `echo ${word(rng)} > x.log; git add -f x.log`),
  git(
    "add -N",
    1,
    (rng, model) => `git add -N -- "${untracked(rng, model)}"`,
    (model) => model.untracked.length > 0,
  ),
  git("add -p", 1, (rng) => `printf '%s\\n' y n q | git add -p ${rng.pick(["", "src"])}`),
  git(
    "rm",
    2,
    (rng, model) => `git rm ${rng.pick(["-q", "--cached", "-f", ""])} -- "${tracked(rng, model)}"`,
  ),
  git("rm -r", 1, (rng) => `git rm -r -q ${rng.pick(["docs", "src/deep", "nowhere"])}`),
  git("mv", 2, (rng, model) => `git mv -- "${tracked(rng, model)}" ${word(rng)}-${rng.below(99)}.txt`),
  git(
    "restore",
    2,
    (rng, model) =>
      `git restore ${rng.pick(["", "--staged", "--staged --worktree", "--source HEAD"])} -- "${tracked(rng, model)}"`,
  ),
  git(
    "checkout --",
    2,
    (rng, model) => `git checkout ${rng.pick(["", "HEAD", back(rng, model)])} -- "${tracked(rng, model)}"`,
  ),
  git("reset file", 2, (rng, model) => `git reset ${rng.pick(["-q", ""])} -- "${tracked(rng, model)}"`),
  git("clean", 1, (rng) => `git clean ${rng.pick(["-n", "-f", "-fd", "-fdx", "-x"])}`),
  git(
    "update-index",
    1,
    (rng, model) =>
      `git update-index ${rng.pick(["--refresh", "--add", "--chmod=+x", "--assume-unchanged", "--no-assume-unchanged"])} "${tracked(rng, model)}"`,
  ),
  git("check-ignore", 1, (rng) => `git check-ignore -v ${rng.pick(["x.log", "README.md", "build/x"])}`),
];

const committing: readonly Action[] = [
  git("commit -m", 12, (rng) => `git commit ${rng.pick(["-q ", ""])}-m "${message(rng)}"`),
  git("commit -am", 8, (rng) => `echo ${word(rng)} >> README.md && git commit -am "${message(rng)}"`),
  git(
    "commit new file",
    8,
    (rng) => `echo ${word(rng)} >> ${word(rng)}.txt; git add -A; git commit -q -m "${message(rng)}"`,
  ),
  git("commit --allow-empty", 2, (rng) => `git commit --allow-empty -m "${message(rng)}"`),
  git(
    "commit --amend",
    4,
    (rng) =>
      `git commit --amend ${rng.pick(["--no-edit", `-m "${message(rng)}"`, "--no-edit --reset-author", '--no-edit --author="Bo Lind <bo@tides.test>"'])}`,
  ),
  git(
    "commit --fixup",
    2,
    (rng, model) => `echo ${word(rng)} >> README.md; git commit -a --fixup ${back(rng, model)}`,
  ),
  git("commit -F", 2, (rng) => `git add -A; printf '${word(rng)}\\n\\n${message(rng)}\\n' | git commit -F -`),
  git("commit in the editor", 2, () => "git add -A; git commit"),
  git("commit --dry-run", 1, () => "git commit --dry-run"),
  git("commit path", 2, (rng, model) => `git commit -m "${message(rng)}" -- "${tracked(rng, model)}"`),
  git("commit --no-verify", 1, (rng) => `git commit --no-verify -m "${message(rng)}" --allow-empty -q`),
];

const branching: readonly Action[] = [
  git("branch", 4, (rng, model) => `git branch ${word(rng)}-${rng.below(9)} ${revision(rng, model)}`),
  git(
    "branch list",
    2,
    (rng) =>
      `git branch ${rng.pick(["", "-a", "-v", "-vv", "--merged", "--no-merged", "--contains HEAD", "--show-current"])}`,
  ),
  git("branch -d", 2, (rng, model) => `git branch ${rng.pick(["-d", "-D"])} ${other(rng, model)}`),
  git("branch -m", 1, (rng) => `git branch -m ${word(rng)}-renamed`),
  git("switch", 5, (rng, model) => `git switch ${other(rng, model)}`, quiet),
  git("switch -c", 3, (rng) => `git switch -c ${word(rng)}-${rng.below(50)}`, quiet),
  git("switch -", 2, () => "git switch -", quiet),
  git("switch --detach", 1, (rng, model) => `git switch --detach ${revision(rng, model)}`, quiet),
  git(
    "switch main",
    6,
    () => "git switch -q main",
    (model) => model.detached && quiet(model),
  ),
  git("checkout", 3, (rng, model) => `git checkout ${rng.pick(["-q ", "", "-f "])}${other(rng, model)}`),
  git(
    "checkout -b",
    2,
    (rng, model) => `git checkout -b ${word(rng)}-${rng.below(50)} ${revision(rng, model)}`,
    quiet,
  ),
  git(
    "tag",
    3,
    (rng, model) =>
      `git tag ${rng.pick(["", "-f "])}v${rng.below(9)}.${rng.below(9)} ${revision(rng, model)}`,
  ),
  git("tag -a", 2, (rng) => `git tag -a v${rng.below(9)}.${rng.below(9)}a -m "${message(rng)}"`),
  git("tag -d", 1, (rng, model) => `git tag -d ${tag(rng, model)}`),
  git("tag list", 1, (rng) => `git tag ${rng.pick(["", "-l 'v*'", "-n"])}`),
];

const combining: readonly Action[] = [
  git(
    "merge",
    5,
    (rng, model) =>
      `git merge ${rng.pick(["--no-edit", "--no-ff -m joined", "--ff-only", "--squash", "--no-commit"])} ${other(rng, model)}`,
    quiet,
  ),
  git("merge resolved", 9, () => "git add -A && git commit -q --no-edit", busy("merge")),
  git("merge --abort", 5, () => "git merge --abort", busy("merge")),
  git("merge --continue", 4, () => "GIT_EDITOR=true git merge --continue", busy("merge")),
  git(
    "rebase",
    4,
    (rng, model) => `git rebase ${rng.pick(["", "--onto main ", "--autostash "])}${other(rng, model)}`,
    quiet,
  ),
  git(
    "rebase -i",
    2,
    (rng, model) =>
      `GIT_SEQUENCE_EDITOR="sed -i '1s/^pick/${rng.pick(["drop", "fixup", "edit", "reword", "squash"])}/'" GIT_EDITOR=true git rebase -i ${back(rng, model)}`,
    quiet,
  ),
  git(
    "rebase --autosquash",
    2,
    (rng, model) => `GIT_SEQUENCE_EDITOR=true git rebase -i --autosquash ${back(rng, model)}`,
    quiet,
  ),
  git("rebase --continue", 9, () => "git add -A; GIT_EDITOR=true git rebase --continue", busy("rebase")),
  git("rebase --skip", 3, () => "git rebase --skip", busy("rebase")),
  git("rebase --abort", 5, () => "git rebase --abort", busy("rebase")),
  git(
    "cherry-pick",
    4,
    (rng, model) => `git cherry-pick ${rng.pick(["", "-x ", "-n "])}${other(rng, model)}`,
    quiet,
  ),
  git(
    "cherry-pick --continue",
    9,
    () => "git add -A; GIT_EDITOR=true git cherry-pick --continue",
    busy("cherry-pick"),
  ),
  git("cherry-pick --abort", 5, () => "git cherry-pick --abort", busy("cherry-pick")),
  git("revert", 3, (rng, model) => `git revert --no-edit ${back(rng, model)}`, quiet),
  git("revert --continue", 9, () => "git add -A; GIT_EDITOR=true git revert --continue", busy("revert")),
  git("revert --abort", 5, () => "git revert --abort", busy("revert")),
  git(
    "stash",
    4,
    (rng) =>
      `echo ${word(rng)} >> README.md; git stash ${rng.pick(["", "push -m kept", "-u", "push -- README.md", "push --keep-index"])}`,
    quiet,
  ),
  git(
    "stash pop",
    5,
    (rng) => `git stash ${rng.pick(["pop", "apply", "pop --index"])}`,
    (model) => model.stashes > 0,
  ),
  git(
    "stash other",
    2,
    (rng) => `git stash ${rng.pick(["list", "show", "show -p", "drop", "clear", "branch from-stash"])}`,
    (model) => model.stashes > 0,
  ),
  git(
    "reset --hard",
    3,
    (rng, model) =>
      `git reset ${rng.pick(["--hard", "--hard -q", "--soft", "--mixed", "--keep", "--merge"])} ${revision(rng, model)}`,
  ),
  git("reset to the reflog", 2, (rng) => `git reset -q --hard 'HEAD@{${rng.below(4)}}'`, quiet),
];

/** Two branches that change the same line, and a command that stumbles over it. */
const clashing: readonly Action[] = ["merge", "cherry-pick", "rebase", "rebase -i"].map((command) =>
  git(
    `${command} with a conflict`,
    1,
    (rng) => {
      const branch = `clash-${rng.below(999)}`;
      return `git switch -q -c ${branch} && echo ${word(rng)} > README.md && git commit -qam theirs; git switch -q main && echo ${word(rng)}-ours > README.md && git commit -qam ours; GIT_SEQUENCE_EDITOR=true git ${command} ${branch}`;
    },
    (model) => quiet(model) && model.branches.includes("main"),
  ),
);

const undoing: readonly Action[] = [
  git(
    "revert with a conflict",
    1,
    (rng) =>
      `for w in ${word(rng)} ${word(rng)}-2 ${word(rng)}-3; do echo $w > README.md; git commit -qam "$w"; done; git revert --no-edit HEAD~1`,
    quiet,
  ),
];

const looking: readonly Action[] = [
  git(
    "status",
    4,
    (rng) =>
      `git status ${rng.pick(["", "-s", "-sb", "--porcelain", "--porcelain=v2 --branch", "--ignored -s"])}`,
  ),
  git(
    "log",
    4,
    (rng) =>
      `git log ${rng.pick(["--oneline", "--oneline --graph --all", "--stat -2", "-p -1", "--format='%h %an %s'", "-S moon --oneline", "-G tide", "--follow README.md", "-g --oneline", "--diff-filter=A --name-only", "--reverse", "--author=Ada"])}`,
  ),
  git(
    "diff",
    3,
    (rng, model) =>
      `git diff ${rng.pick(["", "--staged", "--stat", "--name-status", "HEAD", revision(rng, model), "--check", "-w", "--word-diff"])}`,
  ),
  git(
    "show",
    3,
    (rng, model) => `git show ${rng.pick(["--stat", "-s", "--name-only", ""])} ${revision(rng, model)}`,
  ),
  git("show file", 2, (rng, model) => `git show "HEAD:${tracked(rng, model)}"`),
  git("blame", 1, (rng, model) => `git blame -- "${tracked(rng, model)}"`),
  git(
    "grep",
    1,
    (rng) => `git grep ${rng.pick(["-n", "-i", "-l", "-c"])} ${rng.pick(["moon", "one", "zzz"])}`,
  ),
  git("shortlog", 1, () => "git shortlog -sn HEAD"),
  git("describe", 1, (rng) => `git describe ${rng.pick(["--tags", "--always", ""])}`),
  git("reflog", 3, (rng) => `git reflog ${rng.pick(["", "show HEAD", "show main", "-3"])}`),
  git(
    "ls-files",
    2,
    (rng) =>
      `git ls-files ${rng.pick(["", "-s", "-m", "-d", "-o --exclude-standard", "-u", "-i -c --exclude-standard"])}`,
  ),
];

const plumbing: readonly Action[] = [
  git(
    "cat-file",
    4,
    (rng, model) => `git cat-file ${rng.pick(["-t", "-p", "-s", "-e", "blob"])} ${object(rng, model)}`,
  ),
  git(
    "cat-file --batch",
    2,
    (rng, model) => `printf '%s\\n' HEAD ${object(rng, model)} nonsense | git cat-file --batch-check`,
  ),
  git("cat-file --batch-all-objects", 1, () => "git cat-file --batch-all-objects --batch-check"),
  git(
    "rev-parse",
    3,
    (rng, model) =>
      `git rev-parse ${rng.pick(["", "--short ", "--verify ", "--abbrev-ref "])}${revision(rng, model)}`,
  ),
  git(
    "rev-list",
    2,
    (rng, model) =>
      `git rev-list ${rng.pick(["--count", "--all", "--objects", "--max-count=2", "--all --objects --reflog"])} ${revision(rng, model)}`,
  ),
  git(
    "ls-tree",
    2,
    (rng, model) =>
      `git ls-tree ${rng.pick(["", "-r", "-r -l", "-t -r", "--name-only"])} ${revision(rng, model)}`,
  ),
  git("hash-object", 2, (rng) => `echo "${message(rng)}" | git hash-object ${rng.pick(["-w ", ""])}--stdin`),
  git("write-tree", 1, () => "git write-tree"),
  git("commit-tree", 1, (rng) => `git commit-tree -m "${word(rng)}" -p HEAD 'HEAD^{tree}'`),
  git(
    "for-each-ref",
    2,
    (rng) =>
      `git for-each-ref ${rng.pick(["", "--format='%(refname:short) %(objectname)'", "refs/tags", "--sort=-committerdate", "--count=1"])}`,
  ),
  git("show-ref", 1, (rng) => `git show-ref ${rng.pick(["", "--heads", "--tags", "--head", "-d"])}`),
  git("update-ref", 2, (rng, model) => `git update-ref refs/heads/${word(rng)}-ref ${revision(rng, model)}`),
  git("update-ref -d", 1, (rng) => `git update-ref -d refs/heads/${word(rng)}-ref`),
  git("symbolic-ref", 1, (rng) => `git symbolic-ref ${rng.pick(["HEAD", "--short HEAD", "-q HEAD"])}`),
  git(
    "merge-base",
    1,
    (rng, model) => `git merge-base ${rng.pick(["", "--is-ancestor ", "--all "])}HEAD ${other(rng, model)}`,
  ),
  git("name-rev", 1, (rng, model) => `git name-rev ${revision(rng, model)}`),
  git("count-objects", 1, (rng) => `git count-objects ${rng.pick(["", "-v", "-vH"])}`),
  git("var", 1, (rng) => `git var ${rng.pick(["GIT_AUTHOR_IDENT", "GIT_EDITOR", "-l", "NOPE"])}`),
  git(
    "notes",
    2,
    (rng) =>
      `git notes ${rng.pick([`add -f -m "${word(rng)}"`, "show", "list", `append -m ${word(rng)}`, "remove"])}`,
  ),
];

const keeping: readonly Action[] = [
  git(
    "gc",
    3,
    (rng) => `git gc ${rng.pick(["-q", "--prune=now", "--prune=now -q", "--auto", "--aggressive"])}`,
  ),
  git("repack", 1, (rng) => `git repack ${rng.pick(["-a -d -q", "-A -d", "-q"])}`),
  git("prune", 1, (rng) => `git prune ${rng.pick(["", "-n", "-v", "--expire=now"])}`),
  git("prune-packed", 1, () => "git prune-packed"),
  git("pack-refs", 1, (rng) => `git pack-refs ${rng.pick(["--all", ""])}`),
  git(
    "reflog expire",
    2,
    (rng) =>
      `git reflog expire ${rng.pick(["--expire=now --all", "--expire-unreachable=now --all", "--expire=never HEAD"])}`,
  ),
  git("reflog delete", 1, (rng) => `git reflog delete 'HEAD@{${rng.below(4)}}'`),
  git(
    "fsck",
    2,
    (rng) =>
      `git fsck ${rng.pick(["", "--unreachable", "--lost-found", "--no-reflogs --unreachable", "--full --strict"])}`,
  ),
  git(
    "config",
    2,
    (rng) =>
      `git config ${rng.pick(["--list", "user.name", "--global user.name 'Ada Quist'", "alias.st 'status -s'", "--unset alias.st", "core.autocrlf input", "--local -l"])}`,
  ),
  git("alias", 1, () => "git config alias.last 'log -1 --oneline' && git last"),
  git(
    "remote",
    2,
    (rng) =>
      `git remote ${rng.pick(["-v", "add origin https://forge.test/lantern-tides/tides.git", "remove origin", "show", "get-url origin"])}`,
  ),
  git("clone", 1, (rng) => `git clone -q . ../copy-${rng.below(99)}`),
  git("-C", 1, () => "git -C ~/walk -c user.name=Bo commit --allow-empty -qm with-c"),
  git(
    "hook",
    1,
    (rng) =>
      `mkdir -p .git/hooks && printf '#!/bin/bash\\necho hook ${word(rng)}; exit ${rng.below(2)}\\n' > .git/hooks/${rng.pick(["pre-commit", "commit-msg"])} && chmod +x .git/hooks/*; git commit --allow-empty -m hooked; rm -f .git/hooks/*`,
  ),
  git("filter-repo", 1, (rng) => `git filter-repo --force --invert-paths --path ${word(rng)}.txt`),
];

const everyday: readonly Action[] = [
  shell("back to the top", 2, () => "cd ~/walk"),
  shell(
    "pipe",
    3,
    (rng) =>
      `ls -a | ${rng.pick(["sort -r", "wc -l", "head -3", "grep -v git", "tr a-z A-Z", "cat -n", "xargs echo"])}`,
  ),
  shell(
    "loop",
    3,
    (rng) => `for f in *.${rng.pick(["txt", "md"])}; do echo "$f: $(wc -l < "$f" 2>/dev/null)"; done`,
  ),
  shell(
    "while read",
    2,
    () => `git log --format=%h 2>/dev/null | while read -r id; do echo "<$id>"; done | head -4`,
  ),
  shell(
    "function",
    2,
    (rng) =>
      `greet() { local who=\${1:-you}; echo "hello $who"; return ${rng.below(2)}; }; greet ${word(rng)}`,
  ),
  shell(
    "variables",
    2,
    (rng) => `tide=${word(rng)}; export tide; echo "\${tide^^} \${#tide} \${tide/e/E} \${nothing:-default}"`,
  ),
  shell(
    "arrays",
    2,
    (rng) =>
      `a=(${word(rng)} ${word(rng)}); a+=(more); echo "\${a[@]:1} \${#a[@]}"; declare -A m=([k]=v); echo "\${m[k]}"`,
  ),
  shell(
    "arithmetic",
    2,
    (rng) => `echo $(( (${rng.below(99)} + 3) * 2 ** ${rng.below(5)} % 7 )); (( ${rng.below(2)} ))`,
  ),
  shell(
    "conditions",
    2,
    (rng, model) =>
      `if [[ -f "${anyFile(rng, model)}" && ! -L README.md ]]; then echo file; elif test -d src; then echo folder; else echo none; fi`,
  ),
  shell("case", 1, (rng) => `case ${word(rng)} in e*) echo e;; f*|n*) echo fn;; *) echo rest;; esac`),
  shell("globs", 2, () => "echo *.md **/*.txt src/[a-m]* {a,b}{1..3} ~ .g*"),
  shell(
    "find and xargs",
    2,
    (rng) => `find . -name '*.${rng.pick(["txt", "md"])}' -not -path './.git/*' | xargs -r wc -c`,
  ),
  shell(
    "sed and awk",
    2,
    (rng) =>
      `printf 'a 1\\nb 2\\n' | awk '{s+=$2} END {print s, NR}' && echo ${word(rng)} | sed -E 's/(.)(.)/\\2\\1/'`,
  ),
  shell(
    "redirections",
    2,
    (rng) =>
      `{ echo out; echo err >&2; } > ${word(rng)}.log 2>&1; cat < ${word(rng)}.log 2>/dev/null || true`,
  ),
  shell("subshell", 2, () => "(cd /tmp && pwd; x=1); pwd; echo ${x:-unset}"),
  shell("substitution", 1, () => "diff <(echo a) <(echo b) | cat; echo $(date +%F) `echo old`"),
  shell(
    "date and time",
    1,
    (rng) =>
      `${rng.pick(["date", "date +%s", "sleep 2", "touch -d 2026-01-02 README.md", "stat -c %Y README.md", "uptime", "echo $SECONDS"])}`,
  ),
  shell("chance", 1, () => "echo $RANDOM $((RANDOM % 6)); shuf -n 2 -e a b c d"),
  shell("options", 1, (rng) =>
    rng.pick([
      "set -u; echo ok; set +u",
      "set -o pipefail; false | true; set +o pipefail",
      "shopt -s nullglob; echo zz*; shopt -u nullglob",
      "set -x; echo traced; set +x",
    ]),
  ),
  shell("history and help", 1, (rng) =>
    rng.pick([
      "history | tail -3",
      "help | head -2",
      "type git",
      "which ls",
      "whoami; hostname; id -un",
      "env | sort | head -3",
    ]),
  ),
  shell(
    "base64 and digests",
    1,
    (rng) =>
      `echo ${word(rng)} | base64 | base64 -d | ${rng.pick(["sha256sum", "md5sum", "sha1sum", "xxd"])}`,
  ),
  shell(
    "jq",
    1,
    (rng) =>
      `echo '{"a":[1,2,{"b":"${word(rng)}"}]}' | jq ${rng.pick(["-c .", "'.a[2].b'", "'.a|length'", "-r '.nope // \"none\"'"])}`,
  ),
  shell("alias", 1, () => "alias ll='ls -la'; ll | head -2"),
  shell("trap", 1, () => "trap 'echo bye' EXIT; (exit 3); echo $?; trap - EXIT"),
  shell("tar", 1, () => "tar czf /tmp/t.tgz README.md && tar tzf /tmp/t.tgz"),
  shell("home", 1, () => "cd; ls; cd - > /dev/null"),
];

const nonsense: readonly Action[] = [
  shell("no such command", 4, (rng) => `${word(rng)}ify --${word(rng)}`),
  shell("no such git command", 4, (rng) => `git ${word(rng)}`),
  shell(
    "bad flags",
    4,
    (rng) => `git ${rng.pick(["commit", "log", "add", "branch", "rebase", "reset", "fsck"])} --${word(rng)}`,
  ),
  shell("syntax error", 4, (rng) =>
    rng.pick([
      "if then fi",
      "echo )",
      "done",
      "for in; do",
      "a b |& | c",
      "{ echo",
      "case x in",
      "<<<",
      "&& echo",
    ]),
  ),
  shell(
    "unset revision",
    3,
    (rng) =>
      `git ${rng.pick(["show", "checkout", "reset --hard", "cherry-pick", "merge", "rebase"])} ${rng.pick(["deadbeef", "HEAD~999", "''", "refs/heads", "HEAD^{nope}", "--", "v9.9.9.9", ":/zzz"])}`,
  ),
  shell(
    "outside the tree",
    3,
    (rng) =>
      `${rng.pick(["cat", "ls", "rm -r", "cd", "cp README.md"])} ${rng.pick(["/etc/shadow", "../../../../../../etc", "/nonexistent/x", "/proc/self/environ", "/root"])}`,
  ),
  shell("outside the repository", 1, () => "cd /tmp && git status; cd ~/walk"),
  shell(
    "control characters",
    1,
    () => "printf 'a\\0b\\033[31mred\\007\\n' | tee ctl.txt | cat -v; echo $'\\x01\\x1b]0;t\\a'",
  ),
  shell("long line", 1, (rng) => `echo ${word(rng).repeat(2000)} | wc -c`),
  shell("deep quoting", 1, () => `echo "$(echo "$(echo "a \\"b\\" 'c'")")" 'it'"'"'s' "\${x:-"$(echo y)"}"`),
  shell("write to root", 1, () => "echo x > /etc/passwd; echo x > /new; mkdir /x/y"),
  shell("read nothing", 1, () => 'read -r x < /dev/null; echo "[$x]"; cat < /dev/null'),
  shell(
    "odd refs",
    2,
    (rng) => `git branch ${rng.pick(["'a..b'", "'a b'", "-x", "a.lock", "'@{'", "HEAD", "a/", "'a~1'"])}`,
  ),
];

const hostile: readonly Action[] = [
  shell("endless loop", 0.3, () => "while true; do :; done"),
  shell("endless recursion", 0.3, () => "f() { f; }; f"),
  shell("fork bomb", 0.3, () => ":(){ :|:& };:"),
  shell("escape", 1, (rng) =>
    rng.pick([
      "node -e 'process.exit()'",
      "eval \"$(echo 'echo evaluated')\"",
      "exec 3<>/dev/tcp/127.0.0.1/80",
      "curl -s http://169.254.169.254/",
      "cat /proc/1/mem",
      "source /dev/stdin <<< 'echo sourced'",
      "export PATH=; ls; export PATH=/usr/bin:/bin",
      "git -c core.sshCommand='touch /tmp/owned' fetch ssh://x.test/y",
      "git config core.fsmonitor 'touch /tmp/owned'; git status -s; git config --unset core.fsmonitor",
    ]),
  ),
  shell("prototype names", 1, (rng) =>
    rng.pick([
      "__proto__=1; echo $__proto__",
      "constructor() { echo c; }; constructor; unset -f constructor",
      "echo x > __proto__ && git add __proto__",
      "git tag toString",
      "git branch constructor",
      "git config __proto__.x 1",
      "declare -A h=([__proto__]=1); echo ${h[__proto__]} ${h[toString]:-none}",
    ]),
  ),
  shell("many files", 0.3, () => "mkdir -p many && touch many/{1..60}; ls many | wc -l"),
  shell("big line of output", 0.3, () => "printf 'x%.0s' {1..3000} | wc -c"),
];

/** Out of the repository or without one, the way back is what happens most. */
const wayBack: readonly Action[] = [
  { name: "cd back", weight: 150, when: (model) => !model.atTop, make: () => "mkdir -p ~/walk; cd ~/walk" },
  {
    name: "git init again",
    weight: 100,
    when: (model) => !model.repository,
    make: () => "cd ~/walk && git init -q",
  },
];

export const ACTIONS: readonly Action[] = [
  ...edits,
  ...staging,
  ...committing,
  ...branching,
  ...combining,
  ...clashing,
  ...undoing,
  ...looking,
  ...plumbing,
  ...keeping,
  ...everyday,
  ...nonsense,
  ...hostile,
  ...wayBack,
];

export function chooseAction(rng: Stream, model: Model): Action {
  const possible = ACTIONS.filter((action) => action.when?.(model) ?? true);
  let at = rng.float() * possible.reduce((sum, { weight }) => sum + weight, 0);
  for (const action of possible) if ((at -= action.weight) < 0) return action;
  return possible.at(-1) as Action;
}
