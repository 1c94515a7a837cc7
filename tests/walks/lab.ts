/** Where walks begin: a person with a name, a small repository with history, and a bare one to push to. */
import { emptyLab } from "../../src/cli/emptyLab.ts";
import type { LabBundle } from "../../src/lab/bundle.ts";

export const WORK = "walk";

const setup = String.raw`
printf '[user]\n\tname = Ada Quist\n\temail = ada@lantern-tides.test\n[init]\n\tdefaultBranch = main\n' > ~/.gitconfig
mkdir -p ~/walk
cd ~/walk
git init -q
mkdir -p src docs
printf 'one\ntwo\nthree\nfour\nfive\n' > src/list.txt
printf '# Tides\n\nHigh and low.\n' > README.md
printf '*.log\nbuild/\n' > .gitignore
git add .
git commit -q -m "Begin"
printf 'moon=1\n' > docs/moon.txt
git add docs
git commit -q -m "Add the moon"
git branch feature
git tag v0.1
`;

export const walkLab: LabBundle = {
  ...emptyLab,
  manifest: { ...emptyLab.manifest, work: WORK },
  start: { setup, files: {} },
};
