/** The files of a new lab: the smallest one that verifies. */

export function skeleton(name: string): Record<string, string> {
  return {
    "lab.yaml": MANIFEST.replace("NAME", name),
    "brief.md":
      "You staged a file with the password of a database. Take it out of the staging area. Keep the file out of git.\n",
    "hints.md":
      "## Look\n\n`git status` shows what is staged.\n\n## Unstage\n\nA file can leave the staging area and stay on disk.\n\n## Step by step\n\n`git rm --cached <file>`, then remove the file.\n",
    "debrief.md": "What is staged goes into the next commit. You looked first. Good.\n",
    "question.md": "What would be different if the file had been committed?\n",
    "start/setup.sh": SETUP,
    "start/files/work/README.md": "# Work\n",
    "solutions/reference.sh":
      "# expect: passed\ngit rm -q --cached .env.bak\nrm .env.bak\ngit gc --prune=now --quiet\n",
    "wrong/W1-only-looked.sh": "# expect: W1 W2\ngit status\n",
    "wrong/W2-unstaged-not-pruned.sh": "# expect: W2\ngit rm -q --cached .env.bak\nrm .env.bak\n",
    "adversarial/renamed.sh": "# expect: W1 W2\ngit mv .env.bak notes.txt\n",
    "adversarial/encoded.sh": "# expect: W1 W2\nbase64 .env.bak > notes.txt\nrm .env.bak\ngit add -A\n",
    "adversarial/ignored.sh": "# expect: W1 W2\necho .env.bak > .gitignore\ngit add .gitignore\n",
  };
}

const MANIFEST = `id: NAME
title: A new lab
version: 1.0.0
module: day-one
minutes: 5
difficulty: easy
services: [forge]
work: work
repository: { name: lantern-tides/work, pushProtection: true }
credentials:
  - { id: stagingDb, kind: postgresUrl, owner: Priya, scope: staging database, variable: STAGING_DB }
tasks:
  - Clear the staging area.
ahead: No known event ahead.
checks:
  - id: index
    title: No copy in the index
    kind: absent
    mark: clean
    required: true
    with: { credential: stagingDb, surfaces: [worktree, index] }
  - id: objects
    title: No copy in old objects
    kind: absent
    mark: clean
    required: true
    with: { credential: stagingDb, surfaces: [objects.unreachable, reflog] }
diagnoses:
  - id: W1
    check: index
    kind: copy-there
    message: "{path} still holds the password."
    with: { credential: stagingDb, surfaces: [worktree, index] }
  - id: W2
    check: objects
    kind: copy-there
    message: "Object {object} is still on your disk."
    with: { credential: stagingDb, surfaces: [objects.unreachable, reflog] }
`;

const SETUP = `git config --global user.name "New Contributor"
git config --global user.email learner@lantern-tides.test
cd work
git init -q -b main
git add . && git commit -q -m "Start"
printf 'FIRST_TRY=%s\\n' "$STAGING_DB" > .env.bak
git add .env.bak
printf 'DATABASE_URL=%s\\n' "$STAGING_DB" > .env.bak
git add .env.bak
cd
`;
